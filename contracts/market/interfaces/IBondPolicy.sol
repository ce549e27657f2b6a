// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ParticipantId} from "../../types/Ids.sol";

/// @title How much bond a seller puts up
/// @notice A rule set can name a policy that sets the bond by the seller's grade instead of the flat rate.
interface IBondPolicy {
    /// @notice Bond in basis points of the energy amount.
    /// @dev Called at opening with bounded gas; a failure or a rate above 10,000 falls back to the flat rate.
    function bondRateBp(ParticipantId seller, uint16 flatRateBp) external view returns (uint16);
}
