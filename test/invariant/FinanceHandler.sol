// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Debt, DebtStatus} from "../../contracts/debts/interfaces/IDebtLedger.sol";
import {Draft, DraftStatus, Invoice} from "../../contracts/finance/interfaces/IDraftingDesk.sol";
import {
    Bid,
    BidId,
    BidStatus,
    FinancingRequest,
    RequestId,
    RequestStatus
} from "../../contracts/finance/interfaces/IFinancingDesk.sol";
import {DraftId, IReceivables} from "../../contracts/finance/interfaces/IReceivables.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {DebtId, ParticipantId, ReceivableId} from "../../contracts/types/Ids.sol";
import {Vm} from "../utils/Vm.sol";
import {DebtHandler} from "./DebtHandler.sol";

/// @notice Deposits come and go; claims are issued, split, financed, repaid and collected.
abstract contract FinanceHandler is DebtHandler {
    uint256 private _bankReferences;

    // ---- deposits

    function deposit(uint256 seed) external {
        address account = _accounts[seed % _accounts.length];
        uint256 amount = bound(seed >> 64, 0, 1_000_000);
        ParticipantId id = registry.standingOf(account).id;
        vm.prank(_bankFor(id));
        deposits.issue(account, amount, keccak256(abi.encode("booked", ++_bankReferences)));
        _issued += amount;
        _positions[_keptBy[id]] += int256(amount);
        _did("issued");
    }

    function redeem(uint256 seed) external {
        address account = _accounts[seed % _accounts.length];
        ParticipantId id = registry.standingOf(account).id;
        uint256 free = deposits.freeOf(id);
        // Mostly a little, now and then nearly everything.
        uint256 amount = (seed >> 32) % 8 == 0 ? bound(seed >> 64, 0, free) : bound(seed >> 64, 0, free / 1_000);
        vm.prank(account);
        deposits.redeem(amount, "home");
        _redeemed += amount;
        _positions[_keptBy[id]] -= int256(amount);
        _did("redeemed");
    }

    function transfer(uint256 seed) external {
        address from = _accounts[seed % _accounts.length];
        address to = _accounts[(seed >> 8) % _accounts.length];
        uint256 amount = bound(seed >> 64, 0, deposits.freeOf(registry.standingOf(from).id) / 100);
        bytes memory call = abi.encodeCall(deposits.transfer, (to, amount));
        if (_spend(from, address(deposits), call, amount, seed >> 16)) _did("transferred");
    }

    function optIn(uint256 seed) external {
        address[3] memory notaries = [address(escrow), address(debts), address(desk)];
        vm.prank(_accounts[seed % _accounts.length]);
        // Mostly in.
        deposits.optIn(notaries[(seed >> 8) % 3], (seed >> 16) % 8 != 0);
    }

    // ---- receivables

    function issue(uint256 seed) external {
        uint64 count = debts.debtCount();
        for (uint64 i; i < count; ++i) {
            DebtId id = DebtId.wrap(uint64(((seed % count) + i) % count) + 1);
            Debt memory debt = debts.debtOf(id);
            if (!debt.status.isOwed() || debt.book != 0 || !debt.code.isClaimable()) continue;
            // Neither finances anything.
            if (debt.creditor == gridId || debt.creditor == balancingId) continue;
            // Now and then one that is to be recovered.
            if (debt.dueDay <= Calendar.today() && (seed >> 128) % 8 != 0) continue;
            vm.recordLogs();
            vm.prank(registry.accountOf(debt.creditor));
            (bool done, ) = address(receivables).call(abi.encodeCall(receivables.issueFromDebt, (id, "invoice")));
            if (!done) continue;
            _readLog();
            return _did("receivable issued");
        }
    }

    /// @dev Few numbers, so that an invoice is tried again.
    function draftClaim(uint256 seed) external {
        address debtor = seed % 2 == 0 ? works.account : mill.account;
        uint128 number = uint128(1 + ((seed >> 8) % 40));
        Day today = Calendar.today();
        Invoice memory invoice = Invoice({
            debtor: registry.standingOf(debtor).id,
            deliveryDay: Day.wrap(Day.unwrap(today) - uint32((seed >> 16) % 30)),
            dueDay: today.plusDays(1 + ((seed >> 24) % 40)),
            amountFen: uint80(bound(seed >> 64, 1, 1_000_000)),
            number: number,
            fileHash: keccak256(abi.encode("invoice", number))
        });
        vm.prank(supplier);
        drafting.draft(invoice);
        _did("claim drafted");
    }

    function confirmClaim(uint256 seed) external {
        uint64 count = drafting.draftCount();
        for (uint64 i; i < count; ++i) {
            DraftId id = DraftId.wrap(uint64((seed + i) % count) + 1);
            Draft memory drafted = drafting.draftOf(id);
            if (drafted.status != DraftStatus.Drafted) continue;
            bytes32 digest = drafting.hashConfirmation(id, type(uint64).max);
            uint256 key = drafted.invoice.debtor == works.id ? works.key : mill.key;
            _confirmSometimes(drafted.invoice.debtor, digest, seed >> 32);
            vm.recordLogs();
            try drafting.confirm(id, type(uint64).max, _sign(key, digest)) {
                _readLog();
                _noteCommitted(drafted.invoice.debtor, drafted.invoice.amountFen);
                return _did("claim confirmed");
            } catch {}
        }
    }

    /// @dev The first from a random one on that waits for its debtor; any if none does, so that the refusal is tried.
    function _someDraft(uint256 seed) private view returns (DraftId id) {
        uint64 count = drafting.draftCount();
        for (uint64 i; i < count; ++i) {
            id = DraftId.wrap(uint64((seed + i) % count) + 1);
            if (drafting.draftOf(id).status == DraftStatus.Drafted) return id;
        }
    }

    function cancelDraft(uint256 seed) external {
        DraftId id = _someDraft(seed);
        vm.prank(supplier);
        drafting.cancel(id);
        _did("draft cancelled");
    }

    function refuseDraft(uint256 seed) external {
        DraftId id = _someDraft(seed);
        vm.prank(registry.accountOf(drafting.draftOf(id).invoice.debtor));
        drafting.refuse(id, "not owed");
        _did("draft refused");
    }

    function _someReceivable(uint256 seed) private view returns (ReceivableId) {
        return ReceivableId.wrap(1 + (seed % receivables.receivableCount()));
    }

    /// @dev The first from a random one on whose units still move; any if none does, so that the refusal is tried.
    function _someTransferable(uint256 seed) private view returns (ReceivableId id) {
        uint256 count = receivables.receivableCount();
        for (uint256 i; i < count; ++i) {
            id = _someReceivable((seed % count) + i);
            if (receivables.isTransferable(id)) return id;
        }
    }

    function passOn(uint256 seed) external {
        ReceivableId id = _someTransferable(seed);
        for (uint256 i; i < _accounts.length; ++i) {
            address from = _accounts[((seed >> 64) + i) % _accounts.length];
            uint256 units = receivables.balanceOf(from, ReceivableId.unwrap(id));
            if (units == 0) continue;
            address to = _accounts[(seed >> 72) % _accounts.length];
            units = bound(seed >> 80, 0, units);
            bytes memory call = abi.encodeCall(
                receivables.safeTransferFrom,
                (from, to, ReceivableId.unwrap(id), units, "")
            );
            if (_spend(from, address(receivables), call, units, seed >> 16)) _did("passed on");
            return;
        }
    }

    function pledge(uint256 seed) external {
        ReceivableId id = _someTransferable(seed);
        ParticipantId pledgee = registry.standingOf(firstBank).id;
        for (uint256 i; i < _accounts.length; ++i) {
            address holder = _accounts[((seed >> 64) + i) % _accounts.length];
            uint256 free = receivables.freeUnitsOf(id, holder);
            if (free == 0) continue;
            uint128 units = uint128(bound(seed >> 80, 1, (free + 1) / 2));
            bytes memory call = abi.encodeCall(receivables.encumber, (id, units, pledgee, "0123 4567"));
            if (_spend(holder, address(receivables), call, units, seed >> 16)) _did("pledged");
            return;
        }
    }

    function releasePledge(uint256 seed) external {
        uint256 count = receivables.receivableCount();
        for (uint256 i; i < count * _everyAccount.length; ++i) {
            ReceivableId id = _someReceivable((seed % count) + i / _everyAccount.length);
            address holder = _everyAccount[i % _everyAccount.length];
            uint256 units = receivables.encumbranceOf(id, holder).units;
            if (units == 0) continue;
            bytes memory call = abi.encodeCall(receivables.releaseEncumbrance, (id, holder));
            if (_spend(firstBank, address(receivables), call, units, seed >> 16)) _did("pledge released");
            return;
        }
    }

    /// @dev The first claim from a random one on whose debt stands so; 0 if none.
    function _firstIn(DebtStatus status, uint256 seed) private view returns (ReceivableId) {
        uint256 count = receivables.receivableCount();
        for (uint256 i; i < count; ++i) {
            ReceivableId id = ReceivableId.wrap(1 + (((seed % count) + i) % count));
            if (debts.debtOf(receivables.receivable(id).debt).status == status) return id;
        }
        return ReceivableId.wrap(0);
    }

    function startRecovery(uint256 seed) external {
        ReceivableId id = _firstIn(DebtStatus.Defaulted, seed);
        for (uint256 i; i < _everyAccount.length; ++i) {
            address holder = _everyAccount[((seed >> 64) + i) % _everyAccount.length];
            if (receivables.balanceOf(holder, ReceivableId.unwrap(id)) == 0) continue;
            bool pledged = receivables.encumbranceOf(id, holder).units != 0;
            vm.prank(pledged && (seed >> 128) % 2 == 0 ? firstBank : registry.accountOf(_participantOf(holder)));
            receivables.startRecovery(id, holder, "suit");
            return _did("recovery started");
        }
    }

    function _participantOf(address account) private view returns (ParticipantId id) {
        id = registry.standingOf(account).id;
        return id.isNobody() ? registry.participantOfFormer(account) : id;
    }

    function collect(uint256 seed) external {
        ReceivableId id = _someReceivable(seed);
        address[] memory holders = new address[](3);
        for (uint256 i; i < 3; ++i) {
            // The same holder twice is paid once.
            address[] storage accounts = i == 0 ? _everyAccount : _accounts;
            holders[i] = accounts[(seed >> (64 + 8 * i)) % accounts.length];
        }
        if ((seed >> 128) % 2 == 0) (id, holders[1]) = _pledgedAndPaid(id, holders[1]);
        // Now and then the holders wait until it is due.
        Day due = receivables.receivable(id).dueDay;
        if (due > Calendar.today() && (seed >> 136) % 4 == 0) vm.warp(Calendar.startOf(due));
        vm.recordLogs();
        receivables.collect(id, holders);
        _readLog();
    }

    /// @dev A claim out of which a pledgee can be paid, and its holder; what is given if there is none.
    function _pledgedAndPaid(ReceivableId id, address holder) private view returns (ReceivableId, address) {
        for (uint256 number = receivables.receivableCount(); number != 0; --number) {
            ReceivableId candidate = ReceivableId.wrap(number);
            if (debts.claimOf(receivables.receivable(candidate).debt).heldFen == 0) continue;
            for (uint256 i; i < _everyAccount.length; ++i) {
                if (receivables.encumbranceOf(candidate, _everyAccount[i]).units == 0) continue;
                return (candidate, _everyAccount[i]);
            }
        }
        return (id, holder);
    }

    // ---- financing

    function request(uint256 seed) external {
        uint256 count = receivables.receivableCount();
        for (uint256 i; i < count; ++i) {
            ReceivableId id = _someReceivable((seed % count) + i);
            address holder = registry.accountOf(debts.debtOf(receivables.receivable(id).debt).creditor);
            uint256 free = receivables.freeUnitsOf(id, holder);
            if (free == 0 || !receivables.isTransferable(id)) continue;
            vm.prank(holder);
            receivables.setApprovalForAll(address(desk), true);
            uint128 asked = uint128(bound(seed >> 64, 1, free));
            Day lastDay = Calendar.today().plusDays((seed >> 32) % 20);
            vm.prank(holder);
            desk.requestFinancing(id, asked, 1_000, lastDay);
            return _did("requested");
        }
    }

    function bid(uint256 seed) external {
        (uint64 requests, ) = desk.counts();
        vm.prank(firstBank);
        deposits.optIn(address(desk), true);
        for (uint64 i; i < requests; ++i) {
            RequestId id = RequestId.wrap(uint64((seed + i) % requests) + 1);
            FinancingRequest memory asked = desk.request(id);
            if (asked.status != RequestStatus.Open || asked.lastDay < Calendar.today()) continue;
            if (_bid(id, uint32((seed >> 64) % 1_000), asked.lastDay, seed >> 128)) return _did("bid");
        }
    }

    function _bid(RequestId id, uint32 rateBp, Day lastDay, uint256 seed) private returns (bool done) {
        ParticipantId bidder = registry.standingOf(firstBank).id;
        bytes memory call = abi.encodeCall(desk.placeBid, (id, rateBp, true, lastDay));
        _confirmSometimes(bidder, _callSubject(address(desk), bidder, call), seed);
        vm.recordLogs();
        vm.prank(firstBank);
        (done, ) = address(desk).call(call);
        if (!done) return false;
        _readLog();
        (, uint64 bids) = desk.counts();
        _noteCommitted(bidder, desk.bid(BidId.wrap(bids)).heldFen);
    }

    function acceptBid(uint256 seed) external {
        (, uint64 bids) = desk.counts();
        for (uint64 i; i < bids; ++i) {
            BidId id = BidId.wrap(uint64((seed + i) % bids) + 1);
            Bid memory placed = desk.bid(id);
            if (placed.status != BidStatus.Funded || placed.lastDay < Calendar.today()) continue;
            FinancingRequest memory asked = desk.request(placed.request);
            bytes memory call = abi.encodeCall(desk.accept, (id));
            address requester = registry.accountOf(asked.requester);
            if (_spend(requester, address(desk), call, asked.units, seed >> 16)) return _did("financed");
        }
    }

    function takeBack(uint256 seed) external {
        (uint64 requests, uint64 bids) = desk.counts();
        for (uint64 i; i < requests && seed % 2 == 0; ++i) {
            RequestId id = RequestId.wrap(uint64(((seed >> 8) + i) % requests) + 1);
            if (desk.request(id).status != RequestStatus.Open) continue;
            vm.prank(registry.accountOf(desk.request(id).requester));
            desk.cancelRequest(id);
            return _did("request cancelled");
        }
        for (uint64 i; i < bids; ++i) {
            BidId id = BidId.wrap(uint64(((seed >> 8) + i) % bids) + 1);
            (bool done, ) = address(desk).call(abi.encodeCall(desk.releaseBid, (id)));
            if (done) return _did("bid released");
        }
    }

    // ---- the log

    function _noteReceivable(Vm.Log memory log) internal override {
        bytes32 event_ = log.topics[0];
        if (event_ == IReceivables.ReceivableCollected.selector) {
            _collected[uint256(log.topics[1])] += abi.decode(log.data, (uint256));
            _did("collected");
        } else if (event_ == IReceivables.LateFeeCollected.selector) {
            _feeCollected[uint256(log.topics[1])] += abi.decode(log.data, (uint256));
            _did("late fee collected");
        } else if (event_ == IReceivables.EncumbrancePaid.selector) {
            _did("pledgee paid");
        }
    }
}
