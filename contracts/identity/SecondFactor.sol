// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {Calendar} from "../types/Calendar.sol";
import {Day} from "../types/Day.sol";
import {ParticipantId} from "../types/Ids.sol";
import {IParticipantRegistry, Standing} from "./interfaces/IParticipantRegistry.sol";
import {Confirmation, ISecondFactor, Spending} from "./interfaces/ISecondFactor.sol";
import {CallSubject} from "./libraries/CallSubject.sol";

/// @title SecondFactor
contract SecondFactor is ISecondFactor, AccessManaged, EIP712 {
    bytes32 private constant CONFIRMATION_TYPEHASH = keccak256("Confirmation(uint32 participant,bytes32 subject)");

    // ---- immutables

    IParticipantRegistry public immutable registry;

    // ---- storage

    /// @dev By the number of the factor, so that what a former one confirmed is void.
    mapping(ParticipantId => mapping(uint32 factor => mapping(bytes32 subject => Confirmation))) private _confirmations;

    mapping(ParticipantId => mapping(Day => uint256)) private _exposures;

    // ---- constructor

    constructor(
        address authority,
        IParticipantRegistry registry_
    ) AccessManaged(authority) EIP712(unicode"Dujiang 都江电力市场", "1") {
        registry = registry_;
    }

    // ---- participants

    /// @inheritdoc ISecondFactor
    function confirm(ParticipantId participant, bytes32 subject, bytes calldata signature) external restricted {
        uint32 factor = registry.standing(participant).factor;
        if (factor == 0) revert SecondFactor_NoFactor(participant);
        bytes memory signer = registry.secondFactorOf(participant);
        if (!SignatureChecker.isValidSignatureNow(signer, _digest(participant, subject), signature)) {
            revert SecondFactor_InvalidSignature(participant, subject);
        }
        // The same signature may come twice; it does not restore a confirmation that was used.
        if (_confirmations[participant][factor][subject] != Confirmation.None) return;
        _confirmations[participant][factor][subject] = Confirmation.Given;
        emit SubjectConfirmed(participant, subject, factor);
    }

    // ---- exposure book

    /// @inheritdoc ISecondFactor
    function spendBoth(Spending calldata seller, Spending calldata buyer) external restricted {
        _spend(registry.standing(seller.participant), seller.subject, seller.amountFen);
        _spend(registry.standing(buyer.participant), buyer.subject, buyer.amountFen);
    }

    /// @inheritdoc ISecondFactor
    function spendOnce(ParticipantId participant, bytes32 subject, uint256 amountFen) external restricted {
        Standing memory standing = registry.standing(participant);
        bool beyond = _isBeyond(standing, amountFen);
        _spend(standing, subject, amountFen);
        if (beyond) _use(standing, subject);
    }

    /// @inheritdoc ISecondFactor
    function useConfirmation(ParticipantId participant, bytes32 subject) external restricted {
        Standing memory standing = registry.standing(participant);
        if (standing.factor == 0) return;
        if (_confirmations[participant][standing.factor][subject] != Confirmation.Given) {
            revert SecondFactor_AlwaysRequired(participant, subject);
        }
        _use(standing, subject);
    }

    // ---- views

    /// @inheritdoc ISecondFactor
    function allows(ParticipantId participant, bytes32 subject, uint256 amountFen) external view returns (bool) {
        return _allows(registry.standing(participant), subject, amountFen);
    }

    /// @inheritdoc ISecondFactor
    function confirmationOf(ParticipantId participant, bytes32 subject) external view returns (Confirmation) {
        return _confirmations[participant][registry.standing(participant).factor][subject];
    }

    /// @inheritdoc ISecondFactor
    function exposureOf(ParticipantId participant, Day day) external view returns (uint256) {
        return _exposures[participant][day];
    }

    /// @inheritdoc ISecondFactor
    function confirmationDigest(ParticipantId participant, bytes32 subject) external view returns (bytes32) {
        return _digest(participant, subject);
    }

    /// @inheritdoc ISecondFactor
    function callSubject(
        address target,
        ParticipantId participant,
        bytes calldata call,
        Day day
    ) external view returns (bytes32) {
        return CallSubject.hash(target, participant, keccak256(call), day);
    }

    // ---- internals

    function _spend(Standing memory standing, bytes32 subject, uint256 amountFen) private {
        if (standing.factor == 0 || amountFen == 0) return;
        Day today = Calendar.today();
        uint256 exposureFen = _exposures[standing.id][today];
        if (!_allows(standing, subject, amountFen)) {
            revert SecondFactor_Required(standing.id, subject, exposureFen, amountFen, standing.exposureLimitFen);
        }
        // Sums of amounts that were held or paid: far below 2^256.
        _exposures[standing.id][today] = exposureFen + amountFen;
        emit ExposureRecorded(standing.id, today, subject, amountFen, exposureFen + amountFen);
    }

    function _use(Standing memory standing, bytes32 subject) private {
        _confirmations[standing.id][standing.factor][subject] = Confirmation.Used;
        emit ConfirmationUsed(standing.id, subject, standing.factor);
    }

    function _digest(ParticipantId participant, bytes32 subject) private view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(CONFIRMATION_TYPEHASH, participant, subject)));
    }

    function _allows(Standing memory standing, bytes32 subject, uint256 amountFen) private view returns (bool) {
        return
            !_isBeyond(standing, amountFen) ||
            _confirmations[standing.id][standing.factor][subject] == Confirmation.Given;
    }

    /// @dev Whether the day's exposure would pass what the key may commit alone.
    function _isBeyond(Standing memory standing, uint256 amountFen) private view returns (bool) {
        if (standing.factor == 0 || amountFen == 0) return false;
        return _exposures[standing.id][Calendar.today()] + amountFen > standing.exposureLimitFen;
    }
}
