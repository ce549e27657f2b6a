// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {
    IParticipantRegistry,
    ParticipantId,
    ParticipantStatus,
    Standing
} from "../identity/interfaces/IParticipantRegistry.sol";
import {StandingGuard} from "../identity/libraries/StandingGuard.sol";
import {HoldMove, IDepositToken} from "./interfaces/IDepositToken.sol";

/// @title DepositToken
/// @dev Supply and balances of OpenZeppelin's ERC20 stay empty: this contract keeps its own, by participant, and
/// overrides every function that reads or writes them. Allowances stay by account: a replaced key takes its own along.
contract DepositToken is IDepositToken, ERC20, ERC20Permit, AccessManaged {
    using SafeCast for uint256;
    using StandingGuard for Standing;

    /// @dev One word, because every hold and payment reads all of it. What the first notary holds is kept beside the
    /// balance, because nearly every hold is its: that saves a word to read and to write each time.
    struct Account {
        uint80 balance;
        /// Of `balance`, locked for all notaries.
        uint80 held;
        /// Of `held`, locked for the first notary.
        uint80 heldByFirst;
        bool optedInToFirst;
        bool frozen;
    }

    /// @dev Any other notary's hold.
    struct Hold {
        uint248 amount;
        bool optedIn;
    }

    // ---- immutables

    IParticipantRegistry private immutable REGISTRY;

    // ---- storage

    /// @dev As narrow as a balance, so that no payment can overflow the payee's.
    uint80 private _supply;

    mapping(ParticipantId participant => Account) private _depositsOf;

    mapping(ParticipantId participant => mapping(address notary => Hold)) private _holds;

    mapping(address notary => bool) private _notaries;

    /// @dev The notary that was approved first, in a deployment the trade escrow.
    address private _firstNotary;

    mapping(bytes32 bankReference => bool) private _booked;

    // ---- constructor

    constructor(
        address authority,
        IParticipantRegistry registry,
        string memory name,
        string memory symbol
    ) ERC20(name, symbol) ERC20Permit(name) AccessManaged(authority) {
        REGISTRY = registry;
    }

    // ---- administration

    /// @inheritdoc IDepositToken
    function approveNotary(address notary) external restricted {
        _notaries[notary] = true;
        if (_firstNotary == address(0)) _firstNotary = notary;
        emit NotaryApproved(notary);
    }

    // ---- bank

    /// @inheritdoc IDepositToken
    function issue(address to, uint256 amountFen, bytes32 bankReference) external restricted {
        if (_booked[bankReference]) revert DepositToken_ReferenceUsed(bankReference);
        _booked[bankReference] = true;
        ParticipantId participant = _participantOf(to);
        _mint(to, amountFen);
        emit Issued(participant, amountFen, bankReference);
    }

    /// @inheritdoc IDepositToken
    function setFrozen(ParticipantId participant, bool frozen, bytes32 reason) external restricted {
        if (REGISTRY.accountOf(participant) == address(0)) revert DepositToken_UnknownParticipant(participant);
        _depositsOf[participant].frozen = frozen;
        emit FrozenChanged(participant, frozen, reason);
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
        if (_depositsOf[participant].frozen) revert DepositToken_Frozen(participant);
        _burn(msg.sender, amountFen);
        emit Redeemed(participant, amountFen, bankReference);
    }

    /// @inheritdoc IDepositToken
    function optIn(address notary, bool allowed) external {
        if (!_notaries[notary]) revert DepositToken_NotNotary(notary);
        ParticipantId participant = _participantOf(msg.sender);
        if (notary == _firstNotary) _depositsOf[participant].optedInToFirst = allowed;
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
        for (uint256 i; i < payers.length; ++i) {
            if (_depositsOf[payers[i]].frozen) revert DepositToken_Frozen(payers[i]);
            _hold(payers[i], amountsFen[i]);
        }
    }

    /// @inheritdoc IDepositToken
    function holdToRepay(ParticipantId payer, uint256 amountFen) external {
        _checkNotary();
        _hold(payer, amountFen);
    }

    /// @inheritdoc IDepositToken
    function moveHolds(HoldMove[] calldata moves) external {
        address[] memory accounts = _accountsPaying(moves);
        // Index into `accounts`: the payer and the payee of each move that pays.
        uint256 next;
        for (uint256 i; i < moves.length; ++i) {
            HoldMove calldata move = moves[i];
            bool pays = !move.payee.isNobody();
            _takeFromHold(move.payer, move.amountFen, pays);
            emit HoldReduced(move.payer, msg.sender, move.payee, move.amountFen);
            if (!pays) continue;

            address payeeAccount = accounts[next + 1];
            if (payeeAccount == address(0)) revert DepositToken_UnknownParticipant(move.payee);
            _credit(move.payee, uint80(move.amountFen)); // Was part of a hold, a uint80.
            emit Transfer(accounts[next], payeeAccount, move.amountFen);
            next += 2;
        }
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
        return _depositsOf[REGISTRY.standingOf(account).id].balance;
    }

    /// @inheritdoc IDepositToken
    function freeOf(ParticipantId participant) external view returns (uint256) {
        return _free(_depositsOf[participant]);
    }

    /// @inheritdoc IDepositToken
    function holdableOf(
        ParticipantId[] calldata participants,
        address notary
    ) external view returns (uint256[] memory holdable) {
        holdable = new uint256[](participants.length);
        for (uint256 i; i < participants.length; ++i) {
            Account memory account = _depositsOf[participants[i]];
            if (!account.frozen && _optedIn(account, participants[i], notary)) holdable[i] = _free(account);
        }
    }

    /// @inheritdoc IDepositToken
    function heldBy(ParticipantId participant, address notary) external view returns (uint256) {
        if (notary == _firstNotary) return _depositsOf[participant].heldByFirst;
        return _holds[participant][notary].amount;
    }

    /// @inheritdoc IDepositToken
    function heldOf(ParticipantId participant) external view returns (uint256) {
        return _depositsOf[participant].held;
    }

    /// @inheritdoc IDepositToken
    function balanceOfParticipant(ParticipantId participant) external view returns (uint256) {
        return _depositsOf[participant].balance;
    }

    /// @inheritdoc IDepositToken
    function hasOptedIn(ParticipantId participant, address notary) external view returns (bool) {
        return _optedIn(_depositsOf[participant], participant, notary);
    }

    /// @inheritdoc IDepositToken
    function isFrozen(ParticipantId participant) external view returns (bool) {
        return _depositsOf[participant].frozen;
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
        }
        if (from == address(0)) _supply += amountFen.toUint80();
        else _debit(standings[0].id, amountFen);
        // From here on `amountFen` is part of the supply, a uint80.
        if (to == address(0)) _supply -= uint80(amountFen);
        else _credit(standings[1].id, uint80(amountFen));
        emit Transfer(from, to, amountFen);
    }

    function _credit(ParticipantId participant, uint80 amountFen) private {
        _depositsOf[participant].balance += amountFen;
    }

    /// @dev Takes out of the free balance.
    function _debit(ParticipantId participant, uint256 amountFen) private {
        Account storage account = _depositsOf[participant];
        uint256 freeFen = _free(account);
        if (freeFen < amountFen) revert DepositToken_InsufficientFree(participant, freeFen, amountFen);
        account.balance -= uint80(amountFen); // No more than a free balance, which is a uint80.
    }

    /// @dev Locks out of the free balance for the caller.
    function _hold(ParticipantId payer, uint256 amountFen) private {
        Account memory account = _depositsOf[payer];
        if (!_optedIn(account, payer, msg.sender)) revert DepositToken_NotOptedIn(payer, msg.sender);
        uint256 freeFen = _free(account);
        if (freeFen < amountFen) revert DepositToken_InsufficientFree(payer, freeFen, amountFen);
        uint80 amount = uint80(amountFen); // No more than a free balance, which is a uint80.
        account.held += amount;
        if (msg.sender == _firstNotary) account.heldByFirst += amount;
        else _holds[payer][msg.sender].amount += amount;
        _depositsOf[payer] = account;
        emit Held(payer, msg.sender, amountFen);
    }

    /// @dev Unlocks what the caller holds; if it is paid away, takes it from the balance.
    function _takeFromHold(ParticipantId payer, uint128 amountFen, bool pays) private {
        Account memory account = _depositsOf[payer];
        bool first = msg.sender == _firstNotary;
        uint256 heldFen = first ? account.heldByFirst : _holds[payer][msg.sender].amount;
        if (heldFen < amountFen) revert DepositToken_ExceedsHold(payer, msg.sender, heldFen, amountFen);
        uint80 amount = uint80(amountFen); // All holds of a payer add up to `held`, a uint80 and part of the balance.
        account.held -= amount;
        if (first) account.heldByFirst -= amount;
        else _holds[payer][msg.sender].amount -= amount;
        if (pays) account.balance -= amount;
        _depositsOf[payer] = account;
    }

    /// @dev Accounts of payer and payee, in turn, of each move that pays; none are asked for where all moves release.
    function _accountsPaying(HoldMove[] calldata moves) private view returns (address[] memory) {
        ParticipantId[] memory participants = new ParticipantId[](moves.length * 2);
        uint256 count;
        for (uint256 i; i < moves.length; ++i) {
            if (moves[i].payee.isNobody()) continue;
            participants[count++] = moves[i].payer;
            participants[count++] = moves[i].payee;
        }
        if (count == 0) return new address[](0);
        assembly ("memory-safe") {
            // Shortens the array to what was written; count <= its length.
            mstore(participants, count)
        }
        return REGISTRY.accountsOf(participants);
    }

    function _optedIn(Account memory account, ParticipantId participant, address notary) private view returns (bool) {
        return notary == _firstNotary ? account.optedInToFirst : _holds[participant][notary].optedIn;
    }

    function _free(Account memory account) private pure returns (uint256) {
        return account.balance - account.held;
    }

    /// @dev The participant an account belongs to, approved once, in whatever standing now: money can always come in
    /// to discharge debts, and go back to the bank.
    function _participantOf(address account) private view returns (ParticipantId) {
        Standing memory standing = REGISTRY.standingOf(account);
        bool approved = standing.status == ParticipantStatus.Active || standing.status == ParticipantStatus.Suspended;
        if (!approved) revert DepositToken_ParticipantNotGood(account);
        return standing.id;
    }

    function _checkGood(address account, Standing memory standing) private view {
        if (!standing.isGood()) revert DepositToken_ParticipantNotGood(account);
        if (_depositsOf[standing.id].frozen) revert DepositToken_Frozen(standing.id);
    }

    function _checkNotary() private view {
        if (!_notaries[msg.sender]) revert DepositToken_NotNotary(msg.sender);
    }
}
