// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";

import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {IDebtLedger} from "../../contracts/debts/interfaces/IDebtLedger.sol";
import {IKwhToken} from "../../contracts/energy/interfaces/IKwhToken.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {ITradeEscrowEvents, TradeTerms} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {IAdjustmentDesk, TradeAmount} from "../../contracts/settlement/interfaces/IAdjustmentDesk.sol";
import {Day} from "../../contracts/types/Day.sol";
import {DayState} from "../../contracts/types/Enums.sol";
import {MeterId, ParticipantId} from "../../contracts/types/Ids.sol";
import {Builder} from "../utils/Builder.sol";
import {Market, Party} from "../utils/Market.sol";
import {Vm} from "../utils/Vm.sol";

/// @notice What handlers remember: sums of their own, slot by slot, and what the log said.
abstract contract Store is Market {
    /// @dev Trades use these slots, readings a few more on either side.
    uint256 internal constant FIRST_SLOT = 38;
    uint256 internal constant END_SLOT = 46;
    /// @dev So little that it is reached now and then.
    uint80 internal constant OTHER_CAP = 5_000_000;

    struct MeterDayKey {
        MeterId meter;
        Day day;
    }

    /// @dev What a party signed: an order, or its side of a bilateral trade.
    struct Signed {
        bool known;
        bytes energy;
        uint256 mostToPay;
        uint256 mostToPledge;
        /// Summed over its trades.
        bytes traded;
        uint256 owed;
        uint256 pledged;
    }

    struct Offer {
        bool sell;
        /// As it was when it signed.
        Party trader;
        Day day;
        bytes32 digest;
        /// A SignedOrder, encoded.
        bytes order;
    }

    /// @dev What a debt of an adjustment is of, and whether it goes the way that settlement pays.
    struct Difference {
        uint64 trade;
        TradeAmount amount;
        bool forward;
    }

    // ---- money
    uint256 internal _issued;
    uint256 internal _redeemed;
    /// @dev By bank, and which bank keeps each participant's account.
    mapping(ParticipantId bank => int256) internal _positions;
    mapping(ParticipantId => ParticipantId) internal _keptBy;
    address internal otherBank;
    ParticipantId internal otherBankId;

    // ---- trades
    MeterDayKey[] internal _days;
    mapping(MeterId => mapping(Day => bool)) internal _dayKnown;
    mapping(bytes32 order => Signed) internal _signed;
    bytes32[] internal _orders;
    Offer[] internal _offers;
    /// @dev How often a trade's holds left escrow, and how often it was settled.
    mapping(uint64 trade => uint256) internal _exits;
    mapping(uint64 trade => uint256) internal _timesSettled;
    mapping(uint64 trade => uint256) internal _deliveredWh;
    mapping(uint64 trade => uint256) internal _paidFen;
    mapping(MeterId => mapping(Day => bool)) internal _surplusMinted;
    /// @dev What a trade came to when it was settled, the curve it was last adjusted by, and the sum of the differences
    mapping(uint64 trade => bytes) internal _adjustedBy;
    mapping(uint64 trade => mapping(TradeAmount => int256)) internal _differences;
    mapping(uint64 debt => Difference) private _differenceOf;

    // ---- kWh
    mapping(uint256 id => uint256) internal _minted;
    mapping(uint256 id => uint256) internal _retired;

    // ---- debts and receivables
    mapping(uint64 debt => uint256) internal _debtPaid;
    mapping(uint64 debt => uint256) internal _debtFeePaid;
    mapping(uint64 debt => uint256) internal _debtReduced;
    /// @dev Of the amount and of the fee, since the debt was divided into units.
    mapping(uint64 debt => uint256) internal _paidForHolders;
    mapping(bytes32 codeAndSource => uint256) internal _postings;
    uint256 internal _doublePostings;
    mapping(uint256 receivable => uint256) internal _collected;
    mapping(uint256 receivable => uint256) internal _feeCollected;

    // ---- who
    /// @dev Accounts in force, former ones, and both.
    address[] internal _accounts;
    address[] internal _formers;
    address[] internal _everyAccount;
    ParticipantId[] internal _participants;
    address internal firstBank;
    address internal supplier;
    address internal retailer;
    address internal assigner;
    uint256 internal _intrusions;
    /// @dev How often each step came about, so that a silent handler is noticed.
    mapping(string step => uint256) internal _count;

    function setUp() public virtual override {
        super.setUp();
        ParticipantId id;
        otherBank = _named("other settlement bank");
        otherBankId = _enrolBank(otherBank, OTHER_CAP);
        (firstBank, id) = _enrol("first bank", Kinds.BANK);
        _fund(firstBank, WEALTH);
        _optIn(firstBank, address(desk));
        (supplier, id) = _enrol("supplier", Kinds.SUPPLIER);
        (retailer, id) = _enrol("retailer", Kinds.RETAILER);
        assigner = _named("assignment room");
        _accounts = [thermal.account, solar.account, works.account, mill.account, firstBank, supplier];
        _everyAccount = _accounts;
        for (uint32 i = 1; i <= registry.participantCount(); ++i) {
            _participants.push(ParticipantId.wrap(i));
            _keptBy[ParticipantId.wrap(i)] = bankId;
        }
        _keptBy[otherBankId] = otherBankId;
        _issued = deposits.totalSupply();
        _positions[bankId] = int256(_issued);
        assertEq(_issued, 9 * WEALTH, "five are funded, four of them with margin");
    }

    function _targets() internal view returns (address[13] memory) {
        return
            [
                address(registry),
                address(secondFactor),
                address(meters),
                address(rules),
                address(deposits),
                address(kwh),
                address(debts),
                address(escrow),
                address(adjusting),
                address(financeRules),
                address(receivables),
                address(drafting),
                address(desk)
            ];
    }

    // ---- choices out of a seed

    function _seller(uint256 seed) internal view returns (Party memory) {
        return seed % 2 == 0 ? thermal : solar;
    }

    function _buyer(uint256 seed) internal view returns (Party memory) {
        return seed % 2 == 0 ? works : mill;
    }

    /// @dev The account of the bank that keeps a participant's.
    function _bankFor(ParticipantId id) internal view returns (address) {
        return _keptBy[id] == otherBankId ? otherBank : bank;
    }

    function _next(uint256 seed) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed)));
    }

    function _did(string memory step) internal {
        ++_count[step];
    }

    function _noteDay(MeterId meter, Day day_) internal {
        if (_dayKnown[meter][day_]) return;
        _dayKnown[meter][day_] = true;
        _days.push(MeterDayKey(meter, day_));
    }

    function _stateOf(MeterId meter, Day day_) internal view returns (DayState) {
        uint64 root = _rootOf(meter, day_);
        return root == 0 ? meters.dayOf(meter, day_).state : meters.rootOf(root).state;
    }

    function _finaliseWhereKept(MeterDayKey memory key) internal {
        uint64 root = _rootOf(key.meter, key.day);
        if (root == 0) _finalise(key.meter, key.day);
        else _finaliseRoot(root);
    }

    function _noteSigned(bytes32 digest, bytes memory energy, uint256 mostToPay, uint256 mostToPledge) internal {
        if (_signed[digest].known) return;
        Signed storage signed = _signed[digest];
        (signed.known, signed.energy, signed.mostToPay, signed.mostToPledge) = (true, energy, mostToPay, mostToPledge);
        _orders.push(digest);
    }

    // ---- the log

    function _note(Vm.Log memory log) internal override {
        super._note(log);
        if (log.emitter == address(escrow)) _noteTrade(log);
        else if (log.emitter == address(debts)) _noteOwed(log);
        else if (log.emitter == address(adjusting)) _noteAdjustment(log);
        else if (log.emitter == address(kwh)) _noteKwh(log);
        else if (log.emitter == address(receivables)) _noteReceivable(log);
        else if (log.emitter == address(secondFactor)) _noteExposure(log);
    }

    function _noteTrade(Vm.Log memory log) private {
        bytes32 event_ = log.topics[0];
        uint64 id = uint64(uint256(log.topics[1]));
        if (event_ == ITradeEscrowEvents.TradeOpened.selector) {
            _noteOpened(id);
        } else if (event_ == ITradeEscrowEvents.TradeSettled.selector) {
            bool invoiced;
            uint256 energyFen;
            uint256 networkFen;
            (_deliveredWh[id], energyFen, networkFen, , invoiced) = abi.decode(
                log.data,
                (uint256, uint256, uint256, uint256, bool)
            );
            _paidFen[id] = energyFen + networkFen;
            ++_timesSettled[id];
            if (!invoiced) ++_exits[id];
            _did(invoiced ? "settled late" : "settled");
        } else if (event_ == ITradeEscrowEvents.TradeLapsed.selector) {
            ++_exits[id];
            _did("lapsed");
        } else if (event_ == ITradeEscrowEvents.TradeRuled.selector) {
            ++_exits[id];
            _did("ruled");
        } else if (event_ == ITradeEscrowEvents.KwhClaimed.selector) {
            _did("kWh claimed");
        } else if (event_ == ITradeEscrowEvents.SurplusMinted.selector) {
            _surplusMinted[MeterId.wrap(id)][Day.wrap(uint32(uint256(log.topics[2])))] = true;
            _did("surplus minted");
        }
    }

    function _noteOpened(uint64 id) private {
        TradeTerms memory terms = _opened[id].terms;
        bytes memory energy = _opened[id].energy;
        _noteDay(terms.sellerMeter, terms.day);
        _noteDay(terms.buyerMeter, terms.day);
        Signed storage buy = _signed[_opened[id].buyOrder];
        buy.traded = Builder.plus(buy.traded, energy);
        buy.owed += terms.energyFen + terms.networkFen;
        Signed storage sell = _signed[_opened[id].sellOrder];
        // A bilateral trade is signed as one.
        if (_opened[id].sellOrder != _opened[id].buyOrder) sell.traded = Builder.plus(sell.traded, energy);
        sell.pledged += terms.bondFen;
        if (_opened[id].round != 0) return _did("opened in a round");
        _noteCommitted(terms.buyer, uint256(terms.energyFen) + terms.networkFen);
        _noteCommitted(terms.seller, terms.bondFen);
        _did("opened");
    }

    function _noteAdjustment(Vm.Log memory log) private {
        if (log.topics[0] != IAdjustmentDesk.TradeAdjusted.selector) return;
        uint64 id = uint64(uint256(log.topics[1]));
        TradeTerms memory terms = _opened[id].terms;
        _adjustedBy[id] = _correctedOf[terms.sellerMeter][terms.day];
        _did("adjusted");
    }

    function _noteOwed(Vm.Log memory log) private {
        uint64 id = uint64(uint256(log.topics[1]));
        if (log.topics[0] == IDebtLedger.DebtPosted.selector) {
            (DebtCode code, , uint256 amountFen, bytes32 source) = abi.decode(
                log.data,
                (DebtCode, Day, uint256, bytes32)
            );
            if (code == DebtCode.Adjustment) _noteDifference(id, uint256(log.topics[2]), amountFen, uint256(source));
        } else if (log.topics[0] == IDebtLedger.DebtReduced.selector) {
            Difference memory difference = _differenceOf[id];
            int256 amountFen = int256(abi.decode(log.data, (uint256)));
            _differences[difference.trade][difference.amount] -= difference.forward ? amountFen : -amountFen;
        }
        _noteDebtEvent(log);
    }

    function _noteDifference(uint64 id, uint256 debtor, uint256 amountFen, uint256 source) private {
        (uint64 trade, TradeAmount amount) = (uint64(source), TradeAmount(source >> 80));
        TradeTerms memory terms = _opened[trade].terms;
        ParticipantId payer = amount == TradeAmount.DeviationCharge ? terms.seller : terms.buyer;
        bool forward = debtor == ParticipantId.unwrap(payer);
        _differenceOf[id] = Difference(trade, amount, forward);
        _differences[trade][amount] += forward ? int256(amountFen) : -int256(amountFen);
    }

    function _noteKwh(Vm.Log memory log) private {
        if (log.topics[0] == IERC1155.TransferSingle.selector && log.topics[2] == 0) {
            (uint256 id, uint256 amount) = abi.decode(log.data, (uint256, uint256));
            _minted[id] += amount;
        } else if (log.topics[0] == IKwhToken.KwhRetired.selector) {
            (, uint256 amount) = abi.decode(log.data, (uint64, uint256));
            _retired[uint256(log.topics[3])] += amount;
            _did("retired");
        }
    }

    function _noteDebtEvent(Vm.Log memory log) internal virtual;

    function _noteReceivable(Vm.Log memory log) internal virtual;

    function _noteExposure(Vm.Log memory log) internal virtual;

    /// @dev What a participant committed, whether it has a second factor or not.
    function _noteCommitted(ParticipantId id, uint256 amountFen) internal virtual;
}
