// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DayProof} from "../../metering/interfaces/IMeterRegistry.sol";
import {Day} from "../../types/Day.sol";
import {Source} from "../../types/Enums.sol";
import {MeterId, ParticipantId, RuleSetId, TradeId, ZoneId} from "../../types/Ids.sol";

/// @notice One stretch of equal energy and price, what a person reads and signs.
struct Band {
    /// First slot, 0..95.
    uint8 fromSlot;
    /// One past the last slot, 1..96: 36 to 72 is 09:00 to 18:00.
    uint8 toSlot;
    /// Wh in each slot of the stretch, 1..2^31-1.
    uint32 energyWh;
    /// fen per MWh, 0..2^31-1; in an order the limit, in a trade the price.
    uint32 price;
}

/// @notice A bilateral trade: both parties sign the same.
struct Trade {
    address seller;
    address buyer;
    MeterId sellerMeter;
    MeterId buyerMeter;
    Day day;
    /// Days after delivery until payment; 0 = cash, held from opening.
    uint16 paymentDays;
    /// Whether the green certificates (绿证) of the energy go with it.
    bool greenCertificates;
    /// Unix second after which the trade can no longer be opened.
    uint64 expiry;
    Band[] bands;
    /// Checked against the bands.
    uint256 totalEnergyWh;
    uint256 totalAmountFen;
    /// The most the buyer can be made to pay: energy and network charge.
    uint256 maxPaymentFen;
    /// The most bond the seller can be made to put up.
    uint256 maxBondFen;
    /// Single use on the day for each of the two parties, among their trades.
    uint32 nonce;
}

/// @dev What a nonce is of. Each kind has nonces of its own, on each delivery day.
enum NonceKind {
    SellOrder,
    BuyOrder,
    Trade
}

/// @notice What a participant has set aside for rounds (交易保证金).
struct Margin {
    /// Money held; what rounds draw on for payments, network charges and bonds.
    uint96 lockedFen;
    /// What it may still buy on terms: what rounds draw on for energy that is paid later.
    uint96 termsFen;
}

/// @notice What a participant takes back of its margin, after notice.
struct MarginRelease {
    uint96 lockedFen;
    uint96 termsFen;
    /// Unix second from which anybody can complete it; 0: nothing is announced.
    uint40 due;
}

struct ZonePrice {
    ZoneId zone;
    /// fen per MWh per slot, 384 bytes.
    bytes price;
}

/// @notice One submission of a round; a round may take several. An auction opens from the cut-off of its day to the gate,
/// at the one price that its zone, day and payment term has; a continuous match opens before the cut-off, of orders that
/// allow it. Duties of the market operator: traders in strictly ascending order, no buy order twice in one submission.
///
/// Orders and sales are packed, because their numbers are small and ABI encoding spends 32 bytes on each: field after
/// field, big-endian, without gaps. `buys` is a count (uint16) and so many orders, `sales` a count (uint16) and so many
/// sales. `sdk/market/packedRound.ts` writes and reads them.
/// - An order: trader (uint16, index into `traders`), meter (uint64), expiry (uint40), totalEnergyWh (uint64), nonce
///   (uint32), number of bands (uint8), flags (uint8: 1 something was filled before, 2 it may match continuously, 4 green
///   certificates go with it, 8 it was signed on chain); totalAmountFen (uint128), maxFen (uint128): the
///   most a buy order pays, or a sell order puts up as bond, in all; each band: fromSlot (uint8), toSlot (uint8), energyWh
///   (uint32), price (uint32), its limit; unless it was signed on chain, its signature (65 bytes); if something was filled
///   before, the curve filled (384 bytes) and how much of `maxFen` that used (uint256).
/// - A sale: its order; what its meter day sold before (uint8: 0 nothing, 1 as given here, 2 as the sale right before this one
///   left it); number of legs (uint16); as given: the position (384 bytes) and the hash of its trades (32 bytes, see
///   `BookProof`); the legs.
/// - A leg: index of the buy order (uint16); a stretch of the day in words of eight slots: its first word (uint8, 0 to 11)
///   and how many (uint8); their Wh per slot (32 bytes a word). Outside the stretch nothing is bought.
struct Round {
    uint64 round;
    Day day;
    /// Of each of its orders.
    uint16 paymentDays;
    /// Whether it was matched continuously, or cleared by an auction.
    bool continuous;
    address[] traders;
    ZonePrice[] prices;
    bytes buys;
    bytes sales;
}

/// @notice How far a submission filled an order.
struct OrderFill {
    /// EIP-712 digest.
    bytes32 order;
    /// Whether nothing is left to fill; the nonce is spent then.
    bool complete;
    /// Used so far of the most the order can be made to pay or hold as bond.
    uint256 usedFen;
}

/// @notice The terms of a trade: committed by hash at opening, supplied again to settle it.
struct TradeTerms {
    ParticipantId seller;
    ParticipantId buyer;
    MeterId sellerMeter;
    MeterId buyerMeter;
    Day day;
    RuleSetId rules;
    uint16 paymentDays;
    /// Whether green certificates go with the energy.
    bool greenCertificates;
    Source source;
    /// Network tariff, 1/1000 fen per MWh.
    uint64 tariff;
    /// What is due if everything is delivered. Held from opening: both if cash, the network charge alone on terms.
    uint128 energyFen;
    uint128 networkFen;
    /// Held of the seller.
    uint128 bondFen;
    /// keccak256(keccak256(energy curve), position hash before the trade): what was sold, and which of the metered
    /// energy comes first.
    bytes32 scheduleHash;
    /// keccak256 of the price curve.
    bytes32 priceHash;
}

/// @notice The outcome of a settled trade: paid at settlement or, on terms and late, owed.
struct Outcome {
    uint256 deliveredWh;
    uint256 energyFen;
    uint256 networkFen;
    uint256 deviationFen;
    /// Whether the day was finalised late, and everything is invoiced.
    bool invoiced;
}

using {isPending, isFinished} for TradeStatus global;

/// @dev Where a trade stands.
enum TradeStatus {
    None,
    /// Money is held.
    Open,
    /// Delivered energy is paid, or owed on terms.
    Settled,
    /// Nothing was metered in time: holds are released, the obligation stays.
    Lapsed,
    /// An arbiter divided the holds.
    Ruled
}

/// @dev Whether the trade waits to be settled or ruled on, with its holds or without.
function isPending(TradeStatus status) pure returns (bool) {
    return status == TradeStatus.Open || status == TradeStatus.Lapsed;
}

/// @dev Whether what it comes to is known for good.
function isFinished(TradeStatus status) pure returns (bool) {
    return status == TradeStatus.Settled || status == TradeStatus.Ruled;
}

/// @dev Why a leg or a sale was left out of a round.
enum SkipReason {
    None,
    InvalidBands,
    WrongTotals,
    InvalidSignature,
    Expired,
    Cancelled,
    TraderNotGood,
    MeterNotTradable,
    PaymentTermTooLong,
    StaleFill,
    StalePosition,
    AboveCapacity,
    UnknownPrice,
    BuyOrderSkipped,
    SameParty,
    NotEligible,
    NothingToFill,
    ExceedsOrder,
    ExceedsMaximum,
    /// More than what is locked as margin, or may still be bought on terms.
    InsufficientMargin,
    BuyerInDefault,
    /// An order for the auction alone, in a continuous match.
    NotContinuous,
    /// Certificates would go with it for one side only, or the plant gets none.
    CertificatesDiffer,
    /// Less than a lot, or nothing to pay at a price above zero.
    BelowLeast
}

/// @notice What the book of a selling meter day holds beside the trades given, which were opened one right after the other.
/// The escrow keeps one word a day; who names trades proves with this that they are in it.
struct BookProof {
    /// Hash of the trades opened before the first one given, each hashed with what came before it:
    /// keccak256(hash so far, commitment). 0 if there are none.
    bytes32 earlier;
    /// Commitments to the trades opened after the last one given, in the order of opening.
    bytes32[] later;
    /// keccak256 of the position of the day, of all its trades.
    bytes32 position;
}

/// @notice Meter days whose final curves are proved together: all of them have words of their own, or lie under one root, by
/// ascending meter.
struct SettlementRun {
    DayProof proof;
    DaySettlement[] settlements;
}

/// @notice Trades of one selling meter day to settle, in the order of opening, none of them left out in between.
struct DaySettlement {
    MeterId meter;
    Day day;
    /// The final curve, 384 bytes.
    bytes metered;
    BookProof book;
    /// Position of the meter day before the first of the trades, 384 bytes; empty if nothing was sold before it.
    bytes offset;
    TradeSettlement[] trades;
}

struct TradeSettlement {
    TradeId id;
    /// Index into the price curves of the call.
    uint16 price;
    TradeTerms terms;
    /// Sold, Wh per slot, as in `TradeOpened`: four bytes a slot from `firstSlot` on, and nothing outside; whole words of
    /// eight slots.
    uint8 firstSlot;
    bytes energy;
}

/// @notice Trades of one selling meter day that lapsed, in the order of opening, none of them left out in between.
struct DayLapse {
    MeterId meter;
    Day day;
    BookProof book;
    TradeId[] ids;
    TradeTerms[] terms;
}

/// @notice Where the outcome of a trade is found among those that the escrow keeps.
struct OutcomeProof {
    /// The call that settled it, as its event says.
    uint64 settlement;
    /// What its outcome is hashed with up to the root, see `OutcomesKept`.
    bytes32[] siblings;
}

/// @notice A settled trade whose kWh its buyer has not received yet.
struct KwhClaim {
    TradeId id;
    TradeTerms terms;
    Outcome outcome;
    OutcomeProof proof;
}

/// @title Errors and events of the escrow
interface ITradeEscrowEvents {
    // ---- errors of opening

    /// @notice Thrown when bands are empty, reversed, overlapping, out of the day, without energy or above 2^31-1.
    error TradeEscrow_InvalidBands();
    /// @notice Thrown when the totals signed are not those of the bands.
    error TradeEscrow_WrongTotals(uint256 energyWh, uint256 amountFen);
    /// @notice Thrown when neither an ECDSA signature nor the contract at the account vouches for the message.
    error TradeEscrow_InvalidSignature(address signer);
    /// @notice Thrown when the message has expired.
    error TradeEscrow_Expired(uint64 expiry);
    /// @notice Thrown when the nonce was used or cancelled.
    error TradeEscrow_NonceUsed(address signer, uint32 nonce);
    /// @notice Thrown when an account's owner is not active today.
    error TradeEscrow_ParticipantNotGood(address account);
    /// @notice Thrown when the meter is not active, of the wrong direction, or the trader may not trade for it.
    error TradeEscrow_MeterNotTradable(MeterId meter, ParticipantId trader);
    /// @notice Thrown when a delivery day is not traded this way now: bilateral trades and continuous matches open until its
    /// cut-off, auctions from then to its gate. The same of what can be cancelled until the cut-off.
    error TradeEscrow_GateClosed(Day day, uint256 opensAt, uint256 closesAt);
    /// @notice Thrown when another escrow is in charge of the delivery day.
    error TradeEscrow_NotInCharge(Day day, address minter);
    /// @notice Thrown when the rules in force name a payee who is not enrolled.
    error TradeEscrow_UnknownPayee(ParticipantId payee);
    /// @notice Thrown when a price lies outside the season's limits.
    error TradeEscrow_PriceOutsideLimits(uint256 slot, uint256 price, uint32 floor, uint32 cap);
    /// @notice Thrown when the payment term exceeds what the rules allow between these parties.
    error TradeEscrow_PaymentTermTooLong(uint16 paymentDays, uint16 longest);
    /// @notice Thrown when the buyer of a trade on terms is in default on what it owes already.
    error TradeEscrow_BuyerInDefault(ParticipantId buyer);
    /// @notice Thrown when buyer and seller are the same participant.
    error TradeEscrow_SameParty(ParticipantId participant);
    /// @notice Thrown when the plant may not sell to a neighbour over this path.
    error TradeEscrow_NotEligible(MeterId meter);
    /// @notice Thrown when the position given is not the meter day's.
    error TradeEscrow_StalePosition(MeterId meter, Day day);
    /// @notice Thrown when a meter day has as many trades as two wallets may open of it: 2,048, those of rounds included.
    error TradeEscrow_BookFull(MeterId meter, Day day);
    /// @notice Thrown when the meter day would be sold beyond its capacity.
    error TradeEscrow_AboveCapacity(MeterId meter, Day day);
    /// @notice Thrown when a party would pay, or put up as bond, more than it signed.
    error TradeEscrow_AboveMaximum(address party, uint256 amountFen, uint256 maximumFen);
    /// @notice Thrown when an auction names another price than its zone, day and payment term has.
    error TradeEscrow_PriceConflict(uint64 round, ZoneId zone);
    /// @notice Thrown when certificates would go with energy of a source that gets none.
    error TradeEscrow_NoCertificates(Source source);
    /// @notice Thrown when a trade is of less than a lot, or of nothing to pay at a price above zero.
    error TradeEscrow_BelowLeast(uint256 energyWh, uint256 energyFen);

    // ---- errors of margin

    /// @notice Thrown when nothing would be locked, allowed or announced, or more than there is.
    error TradeEscrow_InvalidMargin(ParticipantId participant, uint256 lockedFen, uint256 termsFen);
    /// @notice Thrown when no release is announced, or its notice has not run out.
    error TradeEscrow_NotReleasable(ParticipantId participant, uint256 due);
    /// @notice Thrown when a submission breaks a duty of the market operator; the position names the entry.
    error TradeEscrow_MalformedRound(string what, uint256 position);

    // ---- errors of settling

    /// @notice Thrown when curves or prices are not those of the trade's terms, or an outcome is not its own.
    error TradeEscrow_WrongTerms(TradeId id);
    /// @notice Thrown when the trades given, with what the proof says is beside them, are not what the meter day sold.
    error TradeEscrow_WrongBook(MeterId meter, Day day);
    /// @notice Thrown when the meter day is not final, or the metered curve is not the final one.
    error TradeEscrow_NotFinal(MeterId meter, Day day);
    /// @notice Thrown when the meter day has not lapsed.
    error TradeEscrow_NotLapsed(MeterId meter, Day day);
    /// @notice Thrown when the trade is not in the status that the call asks for.
    error TradeEscrow_WrongStatus(TradeId id, TradeStatus status);
    /// @notice Thrown when the surplus of the meter day was minted before.
    error TradeEscrow_SurplusMinted(MeterId meter, Day day);
    /// @notice Thrown when the caller is not the party who may do this.
    error TradeEscrow_NotParty(address caller, ParticipantId party);
    /// @notice Thrown when a freeze is too long, or a subject would be frozen longer than 30 days in all.
    error TradeEscrow_FreezeTooLong(TradeId id, uint40 until);
    /// @notice Thrown when the subject of a ruling is not frozen.
    error TradeEscrow_NotFrozen(TradeId id);
    /// @notice Thrown when a ruling divides more than is held.
    error TradeEscrow_RulingExceedsHold(TradeId id);

    // ---- events

    /// @notice Emitted when money is held and a trade begins. `sellOrder` and `buyOrder` are the EIP-712 digests signed,
    /// the same for a bilateral trade, whose `round` is 0. `energy` is what was sold, four bytes a slot from `firstSlot` on,
    /// and nothing outside; the position before it is the sum of the energies of the meter day's trades with smaller ids.
    event TradeOpened(
        TradeId indexed id,
        bytes32 indexed sellOrder,
        bytes32 indexed buyOrder,
        uint64 round,
        TradeTerms terms,
        uint256 firstSlot,
        bytes energy
    );
    /// @notice Emitted with every price curve, so that it can be found by its hash.
    event PriceCurve(bytes32 indexed priceHash, bytes price);
    /// @notice Emitted when a zone is priced: by an auction once, or again where nothing was opened at the price before; by each
    /// submission of a continuous match.
    event ZonePriced(
        uint64 indexed round,
        Day indexed day,
        ZoneId indexed zone,
        uint16 paymentDays,
        bool continuous,
        bytes32 priceHash
    );
    /// @notice Emitted when a whole sale, or one leg of it, is left out. `leg` is type(uint256).max for the sale.
    event Skipped(uint64 indexed round, bytes32 indexed sellOrder, uint256 sale, uint256 leg, SkipReason reason);
    /// @notice Emitted once a submission with the fills it changed; what is filled is the sum of the energies of an order's
    /// trades.
    event OrdersFilled(uint64 indexed round, OrderFill[] fills);
    /// @notice Emitted when a trader cancels one nonce of a day.
    event NonceCancelled(address indexed trader, NonceKind indexed kind, Day indexed day, uint32 nonce);
    /// @notice Emitted when a trader cancels the 112 nonces of a day from `page` x 112 on.
    event NoncePageCancelled(address indexed trader, NonceKind indexed kind, Day indexed day, uint32 page);
    /// @notice Emitted when an account signs an order on chain.
    event OrderPresigned(address indexed account, bytes32 indexed order);
    /// @notice Emitted when a participant sets aside money for rounds, or what it may buy on terms.
    event MarginLocked(ParticipantId indexed participant, uint256 lockedFen, uint256 termsFen);
    /// @notice Emitted once a submission with what it drew of each participant's margin.
    event MarginDrawn(uint64 indexed round, ParticipantId[] participants, uint256[] lockedFen, uint256[] termsFen);
    /// @notice Emitted when a participant says what it takes back, and from when on it can; before, it is still drawn on.
    event MarginReleaseAnnounced(ParticipantId indexed participant, uint256 lockedFen, uint256 termsFen, uint256 due);
    /// @notice Emitted when margin comes back: what was announced, or what is left of that.
    event MarginReleased(ParticipantId indexed participant, uint256 lockedFen, uint256 termsFen);
    /// @notice Emitted when a trade is settled by its meter. Amounts are what is paid now or, on terms and late, owed.
    event TradeSettled(
        TradeId indexed id,
        uint256 deliveredWh,
        uint256 energyFen,
        uint256 networkFen,
        uint256 deviationFen,
        bool invoiced,
        uint64 settlement
    );
    /// @notice Emitted once a call that settles or rules on trades, after them: the root of the Merkle tree over
    /// keccak256(commitment, outcome) of each, in the order of their events. By it an outcome is proved for good.
    event OutcomesKept(uint64 indexed settlement, bytes32 root);
    /// @notice Emitted when what a trade delivered is minted to its buyer.
    event KwhClaimed(TradeId indexed id, ParticipantId indexed buyer, uint256 energyWh);
    /// @notice Emitted when a lapsed trade's holds are released.
    event TradeLapsed(TradeId indexed id);
    /// @notice Emitted when generation beyond the position is minted to the meter's owner.
    event SurplusMinted(MeterId indexed meter, Day indexed day, ParticipantId indexed owner, uint256 energyWh);
    /// @notice Emitted when the proceeds of a trade are redirected to another participant.
    event PayeeRedirected(TradeId indexed id, ParticipantId indexed payee);
    /// @notice Emitted when an arbiter freezes a trade until a unix second; 0 ends the freeze.
    event TradeFrozen(TradeId indexed id, uint40 until);
    /// @notice Emitted when an arbiter divides the holds of a frozen trade. Its outcome is kept, with nothing delivered.
    event TradeRuled(
        TradeId indexed id,
        uint256 energyFen,
        uint256 networkFen,
        uint256 deviationFen,
        uint64 settlement
    );
}

/// @title Signed trades, escrowed, settled by meter
/// @notice Two ways in, one inside: `open` for what two wallets agreed, `openRound` for what the market cleared.
/// Opening checks everything; settling needs no role, no standing and no open gate.
interface ITradeEscrow is ITradeEscrowEvents {
    // ---- opening

    /// @notice Opens a bilateral trade that both parties signed. By anyone.
    /// @param position what the selling meter day sold before this trade: its position, 384 bytes, and the hash of its trades,
    /// 32 bytes, see `BookProof`; or empty if nothing.
    function open(
        Trade calldata trade,
        bytes calldata buyerSignature,
        bytes calldata sellerSignature,
        bytes calldata position
    ) external returns (TradeId id);

    /// @notice Opens what a round of the market cleared. Legs that no longer hold are skipped and reported, the rest goes
    /// through; a submission that breaks a duty listed at `Round` reverts. Role: market operator.
    function openRound(Round calldata round) external;

    /// @notice Cancels nonces of the caller, until the cut-off of the day: orders not filled yet, bilateral trades not opened
    /// yet.
    function cancel(NonceKind kind, Day day, uint32[] calldata nonces) external;

    /// @notice Cancels the 112 nonces of a day from `page` x 112 on at once, until the cut-off of the day.
    function cancelPage(NonceKind kind, Day day, uint32 page) external;

    /// @notice Signs an order on chain, by its digest: what an account that is a contract does instead of a signature. It is
    /// withdrawn by cancelling its nonce.
    function presign(bytes32 order) external;

    // ---- margin

    /// @notice Locks money of the caller for rounds. Counts against its daily limit, see `ISecondFactor`; what rounds draw of
    /// it does not again. Entrance.
    function lockMargin(uint96 amountFen) external;

    /// @notice Lets rounds buy so much more on terms for the caller. Counts against its daily limit, as above. Entrance.
    function allowOnTerms(uint96 amountFen) external;

    /// @notice Says how much of its margin the caller takes back, instead of what it said before. It comes back after the
    /// notice of the rules, which is longer than from a cut-off to the gate: an announcement after a cut-off undoes nothing of
    /// its day.
    function announceRelease(uint96 lockedFen, uint96 termsFen) external;

    /// @notice Gives back what was announced, or what rounds have left of it. By anyone, after the notice.
    function releaseMargin(ParticipantId participant) external;

    // ---- finishing: no role, no standing, no gate

    /// @notice Settles trades of final meter days. By anyone. Trades that are settled, ruled on or frozen by an arbiter are
    /// skipped. Days finalised late become invoices due at once. Once a call gives all trades of a day and none of them is
    /// left to settle, the day is closed.
    /// @param prices price curves, 384 bytes each, that the trades point to.
    function settle(SettlementRun[] calldata runs, bytes[] calldata prices) external;

    /// @notice Releases the holds of open trades of lapsed meter days, even if a report comes late; what is owed stays
    /// owed. By anyone. Others are skipped.
    function lapse(DayLapse[] calldata lapses) external;

    /// @notice Mints to their buyers what settled trades delivered, once per trade. By anyone. Trades claimed before are
    /// skipped.
    function claimKwh(KwhClaim[] calldata claims) external;

    /// @notice Mints what was generated beyond the position to the meter's owner, once per meter day. By anyone.
    /// @param position as for `open`.
    /// @param proof that `metered` is the final curve.
    function mintSurplus(
        MeterId meter,
        Day day,
        bytes calldata metered,
        bytes calldata position,
        DayProof calldata proof
    ) external;

    // ---- seams

    /// @notice Finalises a meter day at once when its trader and all its buyers and sellers have accepted the version
    /// in force. By anyone.
    /// @param trades all trades of the meter day in the order of opening, as for `settle`; their prices are not read, and
    /// neither is their energy but for the position.
    function finaliseAccepted(MeterId meter, Day day, TradeSettlement[] calldata trades) external;

    /// @notice Sends the proceeds of an open trade to another participant. Role: assignment.
    function redirectPayee(TradeId id, ParticipantId payee) external;

    /// @notice Freezes exactly one open trade until a unix second, at most 30 days from the first freeze; 0 unfreezes.
    /// When it runs out, anyone can settle. Role: arbiter.
    function freeze(TradeId id, uint40 until) external;

    /// @notice Divides the holds of a frozen trade: to the seller, the grid company and, out of the bond, the payee of
    /// the deviation rule; the rest goes back. Role: arbiter.
    function rule(
        TradeId id,
        TradeTerms calldata terms,
        BookProof calldata book,
        uint128 energyFen,
        uint128 networkFen,
        uint128 deviationFen
    ) external;

    // ---- views

    /// @notice Status of a trade.
    function statusOf(TradeId id) external view returns (TradeStatus);

    /// @notice Whether `outcome` is kept of a settled trade: keccak256(commitment, outcome), where the commitment is
    /// keccak256(id, terms), all of it ABI-encoded.
    function isOutcome(bytes32 outcome, OutcomeProof calldata proof) external view returns (bool);

    /// @notice Root of the outcomes of a call that settled trades; they are numbered from 1.
    function outcomesOf(uint64 settlement) external view returns (bytes32);

    /// @notice Whether what a trade delivered was minted.
    function isClaimed(TradeId id) external view returns (bool);

    /// @notice What is kept of the trades of a meter day: the last 25 bytes of keccak256(position hash, hash of the trades),
    /// see `BookProof`; 0 if nothing was sold, or once the day is done and its word serves another day.
    function bookOf(MeterId meter, Day day) external view returns (bytes25);

    /// @notice Whether what a meter day generated beyond its position was minted.
    function isSurplusMinted(MeterId meter, Day day) external view returns (bool);

    /// @notice What is kept of the order that a nonce belongs to, once it was filled in part: keccak256 of the filled curve (384
    /// bytes) followed by keccak256(digest, `usedFen`), as it was before it was complete; else 0. Only until its day is over.
    function fillHashOf(address trader, NonceKind kind, Day day, uint32 nonce) external view returns (bytes32);

    /// @notice Whether a trader's nonce was used or cancelled. Only until its day is over.
    function isNonceUsed(address trader, NonceKind kind, Day day, uint32 nonce) external view returns (bool);

    /// @notice Whether an account signed an order on chain.
    function isPresigned(address account, bytes32 order) external view returns (bool);

    /// @notice Hash of the price curve of an auction; 0 until it has opened a trade.
    function priceHashOf(Day day, ZoneId zone, uint16 paymentDays) external view returns (bytes32);

    /// @notice What a participant has set aside for rounds.
    function marginOf(ParticipantId participant) external view returns (Margin memory);

    /// @notice What a participant has announced to take back of it.
    function marginReleaseOf(ParticipantId participant) external view returns (MarginRelease memory);

    /// @notice Until when an arbiter froze a trade; 0 if not frozen.
    function frozenUntil(TradeId id) external view returns (uint40);

    /// @notice Who receives the proceeds instead of the seller; 0 if not redirected.
    function redirectedPayee(TradeId id) external view returns (ParticipantId);

    /// @notice Number of trades opened so far: ids run from 1 to this.
    function tradeCount() external view returns (uint64);

    /// @notice EIP-712 digest of a bilateral trade.
    function hashTrade(Trade calldata trade) external view returns (bytes32);

    /// @notice EIP-712 digest of a sell or buy order, packed as in `Round`.
    function hashOrder(
        bool sell,
        address trader,
        Day day,
        uint16 paymentDays,
        bytes calldata order
    ) external view returns (bytes32);
}
