// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IParticipantRegistry, Kinds, Standing} from "../../identity/interfaces/IParticipantRegistry.sol";
import {ParticipantStatus} from "../../types/Enums.sol";
import {ParticipantId} from "../../types/Ids.sol";
import {IDepositToken} from "../interfaces/IDepositToken.sol";
import {ISettlementBanks} from "../interfaces/ISettlementBanks.sol";
import {Account} from "../libraries/Account.sol";

/// @title Which bank keeps whose account, within which cap, and what banks have settled
/// @dev A bank is known by its place, a small number that fits the word of an account. A move changes no position: a position
/// is the money that a bank has, and none has moved; the deposits are now claims on another bank, which is owed as much by
/// the former one, just as if the customer had paid them to a customer of the other.
abstract contract SettlementBanks is IDepositToken, AccessManaged {
    using SafeCast for uint256;

    struct Bank {
        // slot 0: issuing reads all of it.
        ParticipantId participant;
        uint80 capFen;
        int128 positionFen;
    }

    /// @dev What was said of one participant's move to one bank.
    struct Move {
        // slot 0
        /// The bank that gave its word; 0 while neither has.
        ParticipantId confirmedBy;
        /// Who proposed it in the place of a closed bank.
        address registrar;
        // slot 1
        bytes32 reasonHash;
    }

    /// @dev A struct, so that a function that reads and writes it looks it up once.
    struct Deposits {
        Account account;
    }

    /// @dev As many places as `_openBanks` has bits, less place 0.
    uint256 private constant MOST_BANKS = 95;

    // ---- immutables

    IParticipantRegistry internal immutable REGISTRY;

    // ---- storage

    // One slot, because every hold asks for both.
    /// @dev The notary that was approved first, in a deployment the trade escrow.
    address internal _firstNotary;
    /// @dev Bit n is set while the bank in place n is open. Nobody has place 0, so that who has no bank has none that is open.
    uint96 internal _openBanks;

    mapping(ParticipantId participant => Deposits) internal _depositsOf;

    uint256 private _bankCount;

    mapping(uint256 place => Bank) private _banks;

    mapping(ParticipantId bank => uint256) private _placeOf;

    mapping(uint256 place => mapping(bytes32 bankReference => bool)) private _booked;

    mapping(ParticipantId participant => mapping(ParticipantId toBank => Move)) private _moves;

    // ---- constructor

    constructor(IParticipantRegistry registry) {
        REGISTRY = registry;
    }

    // ---- council

    /// @inheritdoc ISettlementBanks
    function setCap(ParticipantId bank, uint80 capFen) external restricted {
        if (bank.isNobody()) revert DepositToken_UnknownParticipant(bank);
        uint256 place = _placeOf[bank];
        if (place == 0) {
            place = ++_bankCount;
            if (place > MOST_BANKS) revert DepositToken_TooManyBanks(MOST_BANKS);
            _placeOf[bank] = place;
            _banks[place].participant = bank;
        }
        _banks[place].capFen = capFen;
        // `place` is at most 95.
        uint96 bit = uint96(1 << place);
        _openBanks = capFen == 0 ? _openBanks & ~bit : _openBanks | bit;
        emit CapChanged(bank, capFen);
    }

    // ---- banks

    /// @inheritdoc ISettlementBanks
    function openAccount(ParticipantId participant) external restricted {
        (uint256 place, ParticipantId bank) = _callingBank();
        _checkExists(participant);
        ParticipantId kept = bankOf(participant);
        if (!kept.isNobody()) revert DepositToken_HasBank(participant, kept);
        _checkOpen(participant, place);
        _depositsOf[participant].account = _depositsOf[participant].account.withBank(place);
        emit AccountOpened(participant, bank);
    }

    /// @inheritdoc ISettlementBanks
    function confirmMove(ParticipantId participant, ParticipantId toBank, bool confirmed) external restricted {
        (, ParticipantId by) = _callingBank();
        ParticipantId kept = bankOf(participant);
        if (kept.isNobody()) revert DepositToken_NoBank(participant);
        if (by != kept && by != toBank) revert DepositToken_NotItsBank(participant, by, kept);
        if (confirmed) return _confirm(participant, kept, toBank, by);
        Move storage move = _moves[participant][toBank];
        if (move.confirmedBy == by) move.confirmedBy = ParticipantId.wrap(0);
        emit MoveConfirmed(participant, by, toBank, false);
    }

    /// @inheritdoc ISettlementBanks
    function settleBetween(ParticipantId fromBank, uint256 amountFen, bytes32 bankReference) external {
        (uint256 place, ParticipantId bank) = _callingBank();
        uint256 from = _placeOf[fromBank];
        if (from == 0) revert DepositToken_UnknownBank(fromBank);
        _book(place, bank, bankReference);
        int128 amount = _signed(amountFen);
        _banks[from].positionFen -= amount;
        _banks[place].positionFen += amount;
        emit BanksSettled(fromBank, bank, amountFen, bankReference);
    }

    /// @inheritdoc IDepositToken
    function setFrozen(ParticipantId participant, bool frozen, bytes32 reason) external restricted {
        _checkExists(participant);
        (uint256 place, ParticipantId bank) = _callingBank();
        Account account = _depositsOf[participant].account;
        _checkKeeps(place, bank, participant, account);
        _depositsOf[participant].account = account.withFrozen(frozen);
        emit FrozenChanged(participant, frozen, reason);
    }

    // ---- registrars, for a closed bank

    /// @inheritdoc ISettlementBanks
    function proposeMove(ParticipantId participant, ParticipantId toBank, bytes32 reasonHash) external restricted {
        _checkInPerson();
        _closedBankOf(participant);
        Move storage move = _moves[participant][toBank];
        (move.registrar, move.reasonHash) = (msg.sender, reasonHash);
        emit MoveProposed(participant, toBank, msg.sender, reasonHash);
    }

    /// @inheritdoc ISettlementBanks
    function approveMove(ParticipantId participant, ParticipantId toBank, bytes32 reasonHash) external restricted {
        _checkInPerson();
        ParticipantId closed = _closedBankOf(participant);
        Move storage move = _moves[participant][toBank];
        if (move.registrar == address(0) || move.reasonHash != reasonHash) {
            revert DepositToken_MoveMismatch(participant, toBank, reasonHash);
        }
        if (move.registrar == msg.sender) revert DepositToken_SamePerson(msg.sender);
        move.registrar = address(0);
        emit MoveApproved(participant, toBank, msg.sender);
        _confirm(participant, closed, toBank, closed);
    }

    // ---- views

    /// @inheritdoc ISettlementBanks
    function bankOf(ParticipantId participant) public view returns (ParticipantId) {
        return _banks[_depositsOf[participant].account.bank()].participant;
    }

    /// @inheritdoc ISettlementBanks
    function positionOf(ParticipantId bank) external view returns (int256) {
        return _banks[_placeOf[bank]].positionFen;
    }

    /// @inheritdoc ISettlementBanks
    function capOf(ParticipantId bank) external view returns (uint256) {
        return _banks[_placeOf[bank]].capFen;
    }

    /// @inheritdoc ISettlementBanks
    function banks() external view returns (ParticipantId[] memory all) {
        all = new ParticipantId[](_bankCount);
        for (uint256 i; i < all.length; ++i) {
            all[i] = _banks[i + 1].participant;
        }
    }

    // ---- internals

    /// @dev Books what the calling bank received for deposits, and answers which bank that is.
    function _receive(
        ParticipantId participant,
        uint256 amountFen,
        bytes32 bankReference
    ) internal returns (ParticipantId bank) {
        uint256 place;
        (place, bank) = _callingBank();
        _checkKeeps(place, bank, participant, _depositsOf[participant].account);
        _checkOpen(participant, place);
        _book(place, bank, bankReference);
        Bank storage books = _banks[place];
        int256 positionFen = books.positionFen;
        int128 amount = _signed(amountFen);
        uint256 capFen = books.capFen;
        // A cap is a uint80.
        if (positionFen + amount > int256(capFen)) {
            revert DepositToken_CapExceeded(bank, positionFen, amountFen, capFen);
        }
        books.positionFen += amount;
    }

    /// @dev Books what the bank in a place pays out for deposits, and answers which bank that is.
    function _payOut(uint256 place, uint256 amountFen) internal returns (ParticipantId) {
        _banks[place].positionFen -= _signed(amountFen);
        return _banks[place].participant;
    }

    /// @dev Adds one word for a move; the second moves the account.
    function _confirm(ParticipantId participant, ParticipantId kept, ParticipantId toBank, ParticipantId by) private {
        uint256 to = _placeOf[toBank];
        if (to == 0) revert DepositToken_UnknownBank(toBank);
        if (toBank == kept) revert DepositToken_HasBank(participant, kept);
        _checkOpen(participant, to);
        Move storage move = _moves[participant][toBank];
        // The word of a bank that the participant has left since is no longer one of the two.
        bool second = move.confirmedBy == (by == toBank ? kept : toBank);
        move.confirmedBy = by;
        emit MoveConfirmed(participant, by, toBank, true);
        if (!second) return;
        delete _moves[participant][toBank];
        _depositsOf[participant].account = _depositsOf[participant].account.withBank(to);
        emit AccountMoved(participant, kept, toBank);
    }

    function _book(uint256 place, ParticipantId bank, bytes32 bankReference) private {
        if (_booked[place][bankReference]) revert DepositToken_ReferenceUsed(bank, bankReference);
        _booked[place][bankReference] = true;
    }

    /// @dev A licence that expires closes no bank: its cap does. But a key that was stolen stops with a suspension.
    function _callingBank() private view returns (uint256 place, ParticipantId bank) {
        Standing memory standing = REGISTRY.standingOf(msg.sender);
        (place, bank) = (_placeOf[standing.id], standing.id);
        bool acts = standing.status == ParticipantStatus.Active && standing.kinds & Kinds.BANK != 0;
        if (place == 0 || !acts) revert DepositToken_NotBank(msg.sender);
    }

    function _closedBankOf(ParticipantId participant) private view returns (ParticipantId bank) {
        uint256 place = _depositsOf[participant].account.bank();
        bank = _banks[place].participant;
        if (place == 0) revert DepositToken_NoBank(participant);
        if (_isOpen(place)) revert DepositToken_BankOpen(participant, bank);
    }

    function _checkOpen(ParticipantId participant, uint256 place) private view {
        if (!_isOpen(place)) revert DepositToken_BankClosed(participant, _banks[place].participant);
    }

    function _isOpen(uint256 place) private view returns (bool) {
        return (_openBanks >> place) & 1 != 0;
    }

    function _checkKeeps(uint256 place, ParticipantId bank, ParticipantId participant, Account account) private view {
        if (account.bank() != place) {
            revert DepositToken_NotItsBank(participant, bank, _banks[account.bank()].participant);
        }
    }

    function _checkExists(ParticipantId participant) private view {
        if (REGISTRY.accountOf(participant) == address(0)) revert DepositToken_UnknownParticipant(participant);
    }

    /// @dev `AccessManager.execute` calls in the manager's own name: through it, one registrar could be two persons.
    function _checkInPerson() private view {
        if (msg.sender == authority()) revert DepositToken_NotInPerson();
    }

    /// @dev No amount outgrows the supply, a uint80.
    function _signed(uint256 amountFen) private pure returns (int128) {
        return int128(uint128(amountFen.toUint80()));
    }
}
