// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ParticipantId} from "../../identity/interfaces/IParticipantRegistry.sol";
import {Day} from "../../metering/libraries/Calendar.sol";
import {TradeId} from "../../trading/interfaces/ITradeEscrow.sol";

/// @dev A receivable, numbered from 1; also the ERC-1155 id of its units.
type ReceivableId is uint256;

enum ReceivableStatus {
    None,
    /// Units move, or wait for payment.
    Outstanding,
    /// Unpaid after due day and grace.
    Defaulted,
    /// The debtor has paid the face value.
    Repaid
}

/// @notice A claim on a debtor for `faceFen`, payable on `dueDay`.
struct Receivable {
    // slot 0
    ParticipantId debtor;
    ParticipantId creditor;
    Day issueDay;
    Day dueDay;
    /// Days after the due day before it is in default, from the rule set in force on the day of issue.
    uint16 graceDays;
    ReceivableStatus status;
    // slot 1
    uint128 faceFen;
    uint128 repaidFen;
    // slot 2
    TradeId source;
    /// Until when an arbiter froze it; 0 if not.
    uint40 frozenUntil;
    /// Seconds that grace is extended by, because the receivable was frozen, or is until `frozenUntil`.
    uint40 stoodStill;
    // slot 3: keccak256 of the VAT invoice; zero if none was given
    bytes32 invoiceHash;
}

/// @title Receivables out of settled trades
/// @notice ERC-1155: id = one receivable, units = fen of face value, so splitting and passing on a claim (拆分流转) is a
/// transfer between participants in good standing. From the due day or the first payment on, units stop moving; whoever
/// holds them then is paid pro rata.
/// Issuing is an entrance that a deployment's governance switches on for licensed parties; repaying and collecting ask
/// for nothing but the claim.
interface IReceivables {
    /// @notice Thrown when an account is no active participant's.
    error Receivables_ParticipantNotGood(address account);
    /// @notice Thrown when the caller is not the participant who may do this.
    error Receivables_NotParty(address caller, ParticipantId party);
    /// @notice Thrown when the receivable does not exist.
    error Receivables_Unknown(ReceivableId id);
    /// @notice Thrown when debtor, creditor and source were turned into a receivable before.
    error Receivables_KeyUsed(bytes32 key);
    /// @notice Thrown when nothing remains until the due day, or more than the rules allow.
    error Receivables_TenorOutOfRange(uint256 tenorDays, uint256 longest);
    /// @notice Thrown when the debtor is in default and gets no new receivables.
    error Receivables_DebtorInDefault(ParticipantId debtor);
    /// @notice Thrown when units no longer move: due, partly paid, defaulted or frozen.
    error Receivables_UnitsFixed(ReceivableId id);
    /// @notice Thrown when a payment is zero or exceeds what is outstanding.
    error Receivables_InvalidPayment(ReceivableId id, uint256 outstandingFen, uint256 amountFen);
    /// @notice Thrown when default is declared before due day and grace have passed, again, or after full payment.
    error Receivables_NotInDefault(ReceivableId id, uint256 defaultsAt);
    /// @notice Thrown when a freeze would last beyond 30 days after the first one.
    error Receivables_FreezeTooLong(ReceivableId id, uint40 until);

    /// @notice Emitted when a payable becomes a receivable; the creditor holds all units.
    event ReceivableIssued(
        ReceivableId indexed id,
        ParticipantId indexed debtor,
        ParticipantId indexed creditor,
        bytes32 key,
        Receivable terms
    );
    /// @notice Emitted when the debtor pays: discharged to this amount, held until the holders collect.
    event ReceivableRepaid(ReceivableId indexed id, uint256 amountFen, uint256 repaidFen);
    /// @notice Emitted when a holder is paid; as many units are burned.
    event ReceivableCollected(
        ReceivableId indexed id,
        address indexed holder,
        ParticipantId indexed participant,
        uint256 amountFen
    );
    /// @notice Emitted when due day and grace passed unpaid.
    event ReceivableDefaulted(ReceivableId indexed id, ParticipantId indexed debtor, uint256 outstandingFen);
    /// @notice Emitted when an arbiter freezes a receivable until a unix second; 0 ends the freeze.
    event ReceivableFrozen(ReceivableId indexed id, uint40 until);

    /// @notice Turns the energy payable of a settled trade into a receivable. By the creditor, whose consent this is; the
    /// debtor confirmed the debt by signing the trade. The due day must lie ahead. Entrance: switched on per deployment.
    function issueFromTrade(TradeId trade, bytes32 invoiceHash) external returns (ReceivableId id);

    /// @notice Pays towards the face value out of the debtor's deposits. By the debtor, in parts or in full, at any time.
    function repay(ReceivableId id, uint256 amountFen) external;

    /// @notice Pays holders their share of what was repaid: floor(units at the first payment x repaid / face) less what
    /// they had. While part is unpaid, less than one fen per holder stays held by rounding; the last payment makes it
    /// exact. Paid is the participant who received the units. By anyone. Holders with nothing to collect are skipped.
    function collect(ReceivableId id, address[] calldata holders) external;

    /// @notice Records default once due day and grace have passed. By anyone.
    function declareDefault(ReceivableId id) external;

    /// @notice Stops units from moving and the clock of default from running, until 30 days after the first freeze at
    /// the latest; 0 unfreezes. Repaying and collecting go on. Role: arbiter.
    function freeze(ReceivableId id, uint40 until) external;

    /// @notice Whether units of the receivable can change hands now.
    function isTransferable(ReceivableId id) external view returns (bool);

    /// @notice The receivable.
    function receivable(ReceivableId id) external view returns (Receivable memory);

    /// @notice What `collect` would pay a holder now, fen.
    function collectable(ReceivableId id, address holder) external view returns (uint256);

    /// @notice Unix second from which default can be declared.
    function defaultsAt(ReceivableId id) external view returns (uint256);

    /// @notice Receivables of a debtor that are in default now.
    function defaultsOf(ParticipantId debtor) external view returns (uint32);

    /// @notice Units of a receivable not yet burned: face less collected.
    function unitsOf(ReceivableId id) external view returns (uint256);

    /// @notice Number of receivables issued so far: ids run from 1 to this.
    function receivableCount() external view returns (uint256);
}
