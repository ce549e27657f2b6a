// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DayProof} from "../../metering/interfaces/IMeterRegistry.sol";
import {Day} from "../../types/Day.sol";
import {MeterId, ParticipantId} from "../../types/Ids.sol";

/// @notice kWh delivered to one account out of one meter day.
struct KwhMint {
    address to;
    MeterId meter;
    Day day;
    uint128 energyWh;
}

/// @title Proof of delivered electricity
/// @notice ERC-1155, one unit = 1 Wh, id = meter and day, so the origin is in the id. Minted only from final metered
/// generation by the escrow in charge of the day. It proves delivery; it is no environmental certificate (绿证).
/// It has no price on chain: a participant with a second factor confirms every transfer, see `ISecondFactor.callSubject`.
/// Retiring needs none, since it passes nothing to anybody.
interface IKwhToken {
    /// @notice Thrown when the caller is not the escrow in charge of the day.
    error KwhToken_NotMinter(address caller, Day day);
    /// @notice Thrown when a minter would take over on a day that may be open for trading already, before one that was
    /// named already, or more than 366 days ahead.
    error KwhToken_MinterOutOfRange(Day fromDay, uint256 earliest, uint256 latest);
    /// @notice Thrown when the minter approved last may be in charge of days that are open for trading.
    error KwhToken_MinterInCharge(address minter, Day fromDay);
    /// @notice Thrown when an account does not belong to an active participant.
    error KwhToken_ParticipantNotGood(address account);
    /// @notice Thrown when the meter is not a consumption meter of the caller.
    error KwhToken_NotOwnConsumption(address caller, MeterId meter);
    /// @notice Thrown when the consumption day is not final, or the curve is not the one in force.
    error KwhToken_NotFinal(MeterId meter, Day day);
    /// @notice Thrown when more would be retired against a meter day than it consumed.
    error KwhToken_ExceedsConsumption(MeterId meter, Day day, uint256 leftWh, uint256 amountWh);
    /// @notice Thrown when the account was never replaced by another.
    error KwhToken_NotFormerAccount(address account);

    /// @notice Emitted when an escrow becomes the minter for delivery days from `fromDay` on.
    event MinterApproved(address indexed minter, Day indexed fromDay);
    /// @notice Emitted when a minter is withdrawn before any day of its was open for trading.
    event MinterWithdrawn(address indexed minter, Day indexed fromDay);
    /// @notice Emitted when a holder retires kWh against its own metered use of the same day.
    event KwhRetired(
        ParticipantId indexed participant,
        address indexed holder,
        uint256 indexed id,
        MeterId consumptionMeter,
        uint256 amountWh
    );

    /// @notice Makes an escrow the only minter for delivery days from `fromDay` on; the one before keeps its own days
    /// until they are settled. `fromDay` lies after every day that can be open for trading, except for the first
    /// minter. Role: council.
    function approveMinter(address minter, Day fromDay) external;

    /// @notice Withdraws the minter approved last, as long as none of its days can be open for trading. Role: council.
    function withdrawMinter() external;

    /// @notice Mints deliveries. No receiver is called. By the minter of each day, without a role.
    function mint(KwhMint[] calldata mints) external;

    /// @notice Retires the caller's kWh against what a consumption meter it owns used on the same day.
    /// @param id meter day of generation, see `idOf`.
    /// @param amountWh units to burn.
    /// @param consumptionMeter a meter owned by the caller's participant.
    /// @param metered the final curve of that meter on the day of `id`, 384 bytes.
    /// @param proof that it is.
    function retire(
        uint256 id,
        uint256 amountWh,
        MeterId consumptionMeter,
        bytes calldata metered,
        DayProof calldata proof
    ) external;

    /// @notice Moves all units of meter days from an account that was replaced to the current one of its participant, which
    /// is not called. By anyone.
    function follow(address former, uint256[] calldata ids) external;

    /// @notice The escrow in charge of a delivery day; zero if none.
    function minterOf(Day day) external view returns (address);

    /// @notice Wh retired so far against a consumption meter day.
    function retiredOf(MeterId consumptionMeter, Day day) external view returns (uint256);

    /// @notice Token id of a meter day: meter << 32 | day.
    function idOf(MeterId meter, Day day) external pure returns (uint256);
}
