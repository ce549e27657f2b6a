// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IParticipantRegistry, Standing} from "../identity/interfaces/IParticipantRegistry.sol";
import {ISecondFactor} from "../identity/interfaces/ISecondFactor.sol";
import {CallSubject} from "../identity/libraries/CallSubject.sol";
import {StandingGuard} from "../identity/libraries/StandingGuard.sol";
import {ParticipantId} from "../types/Ids.sol";
import {HoldMove, IDepositToken} from "./interfaces/IDepositToken.sol";
import {Account} from "./libraries/Account.sol";
import {SettlementBanks} from "./parts/SettlementBanks.sol";

/// @title DepositToken
/// @dev Supply and balances of OpenZeppelin's ERC20 stay empty: this contract keeps its own, by participant, and
/// overrides every function that reads or writes them. Allowances stay by account: they stay with a replaced key.
contract DepositToken is SettlementBanks, ERC20, ERC20Permit {
    using SafeCast for uint256;
    using StandingGuard for Standing;

    /// @dev Any other notary's hold.
    struct Hold {
        uint248 amount;
        bool optedIn;
    }

    // ---- immutables

    ISecondFactor private immutable SECOND_FACTOR;

    // ---- storage

    /// @dev As narrow as a balance, so that no payment can overflow the payee's.
    uint80 private _supply;

    mapping(ParticipantId participant => mapping(address notary => Hold)) private _holds;

    mapping(address notary => bool) private _notaries;

    // ---- constructor

    constructor(
        address authority,
        IParticipantRegistry registry,
        ISecondFactor secondFactor,
        string memory name,
        string memory symbol
    ) SettlementBanks(registry) ERC20(name, symbol) ERC20Permit(name) AccessManaged(authority) {
        SECOND_FACTOR = secondFactor;
    }

    // ---- administration

    /// @inheritdoc IDepositToken
    function approveNotary(address notary) external restricted {
        _notaries[notary] = true;
        if (_firstNotary == address(0)) _firstNotary = notary;
        emit NotaryApproved(notary);
    }

    // ---- banks

    /// @inheritdoc IDepositToken
    function issue(address to, uint256 amountFen, bytes32 bankReference) external restricted {
        ParticipantId participant = _participantOf(to);
        ParticipantId bank = _receive(participant, amountFen, bankReference);
        _mint(to, amountFen);
        emit Issued(participant, bank, amountFen, bankReference);
    }

    // ---- holders

    /// @inheritdoc ERC20
    function transfer(address to, uint256 amountFen) public override restricted returns (bool) {
        return super.transfer(to, amountFen);
    }

    /// @inheritdoc ERC20
    function transferFrom(address from, address to, uint256 amountFen) public override restricted returns (bool) {
        return super.transferFrom(from, to, amountFen);
    }

    /// @inheritdoc IDepositToken
    function redeem(uint256 amountFen, bytes32 bankReference) external {
        ParticipantId participant = _participantOf(msg.sender);
        Account account = _depositsOf[participant].account;
        if (!account.isUsable(_openBanks)) _refuse(participant, account);
        _burn(msg.sender, amountFen);
        ParticipantId bank = _payOut(account.bank(), amountFen);
        emit Redeemed(participant, bank, amountFen, bankReference);
    }

    /// @inheritdoc IDepositToken
    function optIn(address notary, bool allowed) external {
        if (!_notaries[notary]) revert DepositToken_NotNotary(notary);
        ParticipantId participant = _participantOf(msg.sender);
        if (notary == _firstNotary)
            _depositsOf[participant].account = _depositsOf[participant].account.withOptedIn(allowed);
        else _holds[participant][notary].optedIn = allowed;
        emit NotaryOptIn(participant, notary, allowed);
    }

    // ---- notaries

    /// @inheritdoc IDepositToken
    function holdMany(ParticipantId[] calldata payers, uint256[] calldata amountsFen) external restricted {
        if (payers.length != amountsFen.length) {
            revert DepositToken_LengthMismatch(payers.length, amountsFen.length);
        }
        _checkNotary();
        (bool first, uint256 openBanks) = (msg.sender == _firstNotary, _openBanks);
        for (uint256 i; i < payers.length; ++i) {
            ParticipantId payer = payers[i];
            Deposits storage deposits = _depositsOf[payer];
            Account account = deposits.account;
            if (!_isHoldable(account, payer, msg.sender, first, openBanks)) _refuseHold(payer, account);
            _hold(payer, deposits, account, amountsFen[i], first);
        }
        emit Held(msg.sender, payers, amountsFen);
    }

    /// @inheritdoc IDepositToken
    function holdToRepay(ParticipantId payer, uint256 amountFen) external {
        _checkNotary();
        Deposits storage deposits = _depositsOf[payer];
        (Account account, bool first) = (deposits.account, msg.sender == _firstNotary);
        if (!_optedIn(account, payer, msg.sender, first)) revert DepositToken_NotOptedIn(payer, msg.sender);
        _hold(payer, deposits, account, amountFen, first);
        ParticipantId[] memory payers = new ParticipantId[](1);
        uint256[] memory amountsFen = new uint256[](1);
        (payers[0], amountsFen[0]) = (payer, amountFen);
        emit Held(msg.sender, payers, amountsFen);
    }

    /// @inheritdoc IDepositToken
    function moveHolds(HoldMove[] calldata moves) external {
        address[] memory accounts = _accountsPaying(moves);
        bool first = msg.sender == _firstNotary;
        // Walks along `accounts` as `_accountsPaying` lists them.
        uint256 next;
        ParticipantId paying;
        address payerAccount;
        for (uint256 i; i < moves.length; ++i) {
            HoldMove calldata move = moves[i];
            (ParticipantId payer, ParticipantId payee, uint256 amountFen) = (move.payer, move.payee, move.amountFen);
            Deposits storage deposits = _depositsOf[payer];
            Account left = _takeFromHold(payer, deposits.account, amountFen, first);
            if (payee.isNobody()) {
                deposits.account = left;
                continue;
            }
            deposits.account = left.debit(amountFen);
            unchecked {
                // No more steps than `accounts` has entries.
                if (payer != paying) (paying, payerAccount) = (payer, accounts[next++]);
                _credit(payee, payerAccount, accounts[next++], amountFen);
            }
        }
        _emitMoves(moves);
    }

    // ---- views

    /// @inheritdoc ERC20
    function decimals() public pure override returns (uint8) {
        return 2;
    }

    /// @inheritdoc ERC20
    function totalSupply() public view override returns (uint256) {
        return _supply;
    }

    /// @inheritdoc ERC20
    function balanceOf(address account) public view override returns (uint256) {
        return _depositsOf[REGISTRY.standingOf(account).id].account.balance();
    }

    /// @inheritdoc IDepositToken
    function freeOf(ParticipantId participant) external view returns (uint256) {
        return _depositsOf[participant].account.free();
    }

    /// @inheritdoc IDepositToken
    function holdableOf(
        ParticipantId[] calldata participants,
        address notary
    ) external view returns (uint256[] memory holdable) {
        holdable = new uint256[](participants.length);
        (bool first, uint256 openBanks) = (notary == _firstNotary, _openBanks);
        for (uint256 i; i < participants.length; ++i) {
            ParticipantId participant = participants[i];
            Account account = _depositsOf[participant].account;
            if (_isHoldable(account, participant, notary, first, openBanks)) holdable[i] = account.free();
        }
    }

    /// @inheritdoc IDepositToken
    function heldBy(ParticipantId participant, address notary) external view returns (uint256) {
        if (notary == _firstNotary) return _depositsOf[participant].account.heldByFirst();
        return _holds[participant][notary].amount;
    }

    /// @inheritdoc IDepositToken
    function heldOf(ParticipantId participant) external view returns (uint256) {
        return _depositsOf[participant].account.held();
    }

    /// @inheritdoc IDepositToken
    function balanceOfParticipant(ParticipantId participant) external view returns (uint256) {
        return _depositsOf[participant].account.balance();
    }

    /// @inheritdoc IDepositToken
    function hasOptedIn(ParticipantId participant, address notary) external view returns (bool) {
        return _optedIn(_depositsOf[participant].account, participant, notary, notary == _firstNotary);
    }

    /// @inheritdoc IDepositToken
    function isFrozen(ParticipantId participant) external view returns (bool) {
        return _depositsOf[participant].account.isFrozen();
    }

    /// @inheritdoc IDepositToken
    function isNotary(address notary) external view returns (bool) {
        return _notaries[notary];
    }

    // ---- internals

    /// @dev Reached by `issue`, `redeem` and the two transfers of ERC-20; notaries move money by `moveHolds`.
    function _update(address from, address to, uint256 amountFen) internal override {
        address[] memory accounts = new address[](2);
        (accounts[0], accounts[1]) = (from, to);
        Standing[] memory standings = REGISTRY.standingsOf(accounts);
        if (from != address(0) && to != address(0)) {
            _checkGood(from, standings[0]);
            _checkGood(to, standings[1]);
            ParticipantId payer = standings[0].id;
            Account paying = _depositsOf[payer].account;
            if (!paying.isUsable(_openBanks)) _refuse(payer, paying);
            // A stolen key could pay an accomplice as well as trade with one.
            if (standings[0].factor != 0) SECOND_FACTOR.spendOnce(payer, CallSubject.ofThisCall(payer), amountFen);
        }
        if (from == address(0)) _supply += amountFen.toUint80();
        else _debit(standings[0].id, amountFen);
        // From here on `amountFen` is part of the supply, a uint80, and no balance that it is added to outgrows that.
        if (to == address(0)) _supply -= uint80(amountFen);
        else _depositsOf[standings[1].id].account = _depositsOf[standings[1].id].account.credit(amountFen);
        emit Transfer(from, to, amountFen);
    }

    /// @dev Takes out of the free balance.
    function _debit(ParticipantId participant, uint256 amountFen) private {
        Account account = _depositsOf[participant].account;
        if (account.free() < amountFen) {
            revert DepositToken_InsufficientFree(participant, account.free(), amountFen);
        }
        _depositsOf[participant].account = account.debit(amountFen);
    }

    /// @dev Locks out of the free balance for the caller, whom the payer lets.
    function _hold(
        ParticipantId payer,
        Deposits storage deposits,
        Account account,
        uint256 amountFen,
        bool first
    ) private {
        if (account.free() < amountFen) revert DepositToken_InsufficientFree(payer, account.free(), amountFen);
        if (!first) _holds[payer][msg.sender].amount += uint248(amountFen); // No more than a free balance.
        deposits.account = account.hold(amountFen, first);
    }

    /// @dev Unlocks what the caller holds; the caller stores the account that remains.
    function _takeFromHold(
        ParticipantId payer,
        Account account,
        uint256 amountFen,
        bool first
    ) private returns (Account) {
        uint256 heldFen = first ? account.heldByFirst() : _holds[payer][msg.sender].amount;
        if (heldFen < amountFen) revert DepositToken_ExceedsHold(payer, msg.sender, heldFen, amountFen);
        if (!first) _holds[payer][msg.sender].amount = uint248(heldFen - amountFen); // As narrow as before.
        return account.release(amountFen, first);
    }

    /// @dev The payee's side of a move that pays.
    function _credit(ParticipantId payee, address payerAccount, address payeeAccount, uint256 amountFen) private {
        if (payeeAccount == address(0)) revert DepositToken_UnknownParticipant(payee);
        Deposits storage deposits = _depositsOf[payee];
        deposits.account = deposits.account.credit(amountFen);
        emit Transfer(payerAccount, payeeAccount, amountFen);
    }

    /// @dev Emits `HoldsReduced`. Moves, each of whose fields was read and so checked, lie in the calldata as an event encodes
    /// them.
    function _emitMoves(HoldMove[] calldata moves) private {
        bytes32 topic = HoldsReduced.selector;
        assembly ("memory-safe") {
            // Free memory, not taken.
            let data := mload(0x40)
            let size := mul(moves.length, 96)
            mstore(data, 32)
            mstore(add(data, 32), moves.length)
            calldatacopy(add(data, 64), moves.offset, size)
            log2(data, add(size, 64), topic, caller())
        }
    }

    /// @dev Accounts of payer and payee, in turn, of each move that pays; the payer only where another paid last. Empty
    /// where all moves release.
    function _accountsPaying(HoldMove[] calldata moves) private view returns (address[] memory) {
        ParticipantId[] memory participants = new ParticipantId[](moves.length * 2);
        uint256 count;
        ParticipantId paying;
        for (uint256 i; i < moves.length; ++i) {
            HoldMove calldata move = moves[i];
            (ParticipantId payer, ParticipantId payee) = (move.payer, move.payee);
            if (payee.isNobody()) continue;
            unchecked {
                // At most two for each move.
                if (payer != paying) participants[count++] = paying = payer;
                participants[count++] = payee;
            }
        }
        if (count == 0) return new address[](0);
        assembly ("memory-safe") {
            // Shortens the array to what was written; count <= its length.
            mstore(participants, count)
        }
        return REGISTRY.accountsOf(participants);
    }

    /// @dev Whether a notary may hold something new.
    function _isHoldable(
        Account account,
        ParticipantId participant,
        address notary,
        bool first,
        uint256 openBanks
    ) private view returns (bool) {
        if (first) return account.isUsableByFirst(openBanks);
        return account.isUsable(openBanks) && _holds[participant][notary].optedIn;
    }

    function _optedIn(
        Account account,
        ParticipantId participant,
        address notary,
        bool first
    ) private view returns (bool) {
        return first ? account.isOptedIn() : _holds[participant][notary].optedIn;
    }

    /// @dev The participant an account belongs to, once approved, in any standing now: money can always come in to
    /// discharge debts, and go back to the bank.
    function _participantOf(address account) private view returns (ParticipantId) {
        Standing memory standing = REGISTRY.standingOf(account);
        if (!standing.status.isApproved()) revert DepositToken_ParticipantNotGood(account);
        return standing.id;
    }

    /// @dev Why the caller may not hold something new.
    function _refuseHold(ParticipantId payer, Account account) private view {
        if (!account.isUsable(_openBanks)) _refuse(payer, account);
        revert DepositToken_NotOptedIn(payer, msg.sender);
    }

    /// @dev Why the account is not usable.
    function _refuse(ParticipantId participant, Account account) private view {
        if (account.isFrozen()) revert DepositToken_Frozen(participant);
        revert DepositToken_BankClosed(participant, bankOf(participant));
    }

    function _checkGood(address account, Standing memory standing) private view {
        if (!standing.isGood()) revert DepositToken_ParticipantNotGood(account);
        if (_depositsOf[standing.id].account.isFrozen()) revert DepositToken_Frozen(standing.id);
    }

    function _checkNotary() private view {
        if (!_notaries[msg.sender]) revert DepositToken_NotNotary(msg.sender);
    }
}
