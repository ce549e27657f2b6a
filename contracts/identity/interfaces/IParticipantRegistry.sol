// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Day} from "../../types/Day.sol";
import {FirmSize, ParticipantStatus} from "../../types/Enums.sol";
import {ParticipantId} from "../../types/Ids.sol";
import {StandingWord} from "../libraries/StandingWord.sol";

/// @dev Bits of `kinds`.
library Kinds {
    uint32 internal constant GENERATOR = 1 << 0;
    uint32 internal constant CONSUMER = 1 << 1;
    uint32 internal constant RETAILER = 1 << 2;
    uint32 internal constant AGGREGATOR = 1 << 3;
    uint32 internal constant GRID_COMPANY = 1 << 4;
    uint32 internal constant BANK = 1 << 5;
    uint32 internal constant SPECIAL_PURPOSE_VEHICLE = 1 << 6;
    uint32 internal constant AUDITOR = 1 << 7;
    uint32 internal constant BALANCING_ACCOUNT = 1 << 8;
    uint32 internal constant SUPPLIER = 1 << 9;
}

/// @notice What guards read about the owner of an account: one storage word.
struct Standing {
    ParticipantId id;
    ParticipantStatus status;
    FirmSize size;
    /// Credit grade, 0 = not graded; written by later credit rules.
    uint8 grade;
    /// Last day, inclusive, on which the licence and the authority are valid.
    Day validUntil;
    /// Bits of `Kinds`.
    uint32 kinds;
    /// Number of the second factor in force, 0 = none: each factor enrolled takes the next one.
    uint32 factor;
    /// What the key alone may commit in a day; without a factor it has no meaning and is 0.
    uint64 exposureLimitFen;
}

/// @notice What two registrars sign off.
struct Application {
    /// The wallet the participant acts with: an EOA or an ERC-1271 contract.
    address account;
    FirmSize size;
    Day validUntil;
    uint32 kinds;
    /// Id of the document with the credentials (licence, authority of the person acting), or keccak256 of the sheet that lists
    /// them; what they say stays off chain.
    bytes32 credentialHash;
    /// An ERC-7913 signer: an account (20 bytes), or a verifier followed by a key. Empty: no second factor.
    bytes secondFactor;
    /// What the participant may commit in a day with its key alone; 0 without a factor.
    uint64 exposureLimitFen;
    /// The ultimate controller of the firm, as keccak256 of its unified social credit code; participants with the same
    /// are affiliates. 0: none is declared.
    bytes32 controller;
}

/// @notice A new account that is to replace a participant's.
struct Replacement {
    // slot 0
    address account;
    /// Unix second from which anybody can complete it; 0 until a second registrar approves.
    uint40 completableAt;
    // slot 1
    /// Who proposed it.
    address registrar;
    // slot 2
    /// Id of the document with the reason (request, proof of identity, court order), or keccak256 of a file that stays off
    /// chain.
    bytes32 reasonHash;
}

/// @title Participants of the market
/// @notice A participant is proposed by one registrar and approved by another. Guards read one word, `Standing`. The
/// account of a participant whose key was lost, stolen or seized is replaced by two registrars after seven days, unless
/// the key in force objects. A former account has no standing and can never be used again; only its orders in rounds hold
/// until the end of the day after.
interface IParticipantRegistry {
    /// @notice Thrown when the account is zero, belongs or belonged to a participant, or is proposed for one.
    error ParticipantRegistry_AccountNotFree(address account);
    /// @notice Thrown when the validity ends before today.
    error ParticipantRegistry_ValidityEnded(Day validUntil, Day today);
    /// @notice Thrown when no kind is given.
    error ParticipantRegistry_NoKind();
    /// @notice Thrown when the participant is not in the status that the call asks for.
    error ParticipantRegistry_WrongStatus(ParticipantId id, ParticipantStatus status);
    /// @notice Thrown when the proposer tries to approve its own proposal.
    error ParticipantRegistry_SamePerson(address registrar);
    /// @notice Thrown when a registrar acts through the access manager, which hides which of them it is.
    error ParticipantRegistry_NotInPerson();
    /// @notice Thrown when what is approved is not what was proposed.
    error ParticipantRegistry_ApplicationMismatch(ParticipantId id, bytes32 proposed, bytes32 approved);
    /// @notice Thrown when a renewal names another account than the one in force; replacing a key has its own
    /// procedure, and a renewal that was pending meanwhile must be proposed again.
    error ParticipantRegistry_AccountChanged(ParticipantId id, address account);
    /// @notice Thrown when a second factor is shorter than an address, is an account in use or reserved, or names a
    /// verifier without code.
    error ParticipantRegistry_InvalidFactor(bytes signer);
    /// @notice Thrown when a limit is given without the second factor that could lift it.
    error ParticipantRegistry_LimitWithoutFactor(uint64 exposureLimitFen);
    /// @notice Thrown when a replacement is already pending: before a second registrar or its delay.
    error ParticipantRegistry_ReplacementWaits(ParticipantId id, address account);
    /// @notice Thrown when no replacement is pending.
    error ParticipantRegistry_NoReplacement(ParticipantId id);
    /// @notice Thrown when what is approved is not the replacement that was proposed.
    error ParticipantRegistry_ReplacementMismatch(ParticipantId id, address account, bytes32 reasonHash);
    /// @notice Thrown when a replacement is completed without the approval of a second registrar.
    error ParticipantRegistry_ReplacementNotApproved(ParticipantId id, address account);
    /// @notice Thrown when a replacement is completed before its delay has passed.
    error ParticipantRegistry_ReplacementTooEarly(ParticipantId id, uint256 completableAt);

    /// @notice Emitted when a registrar proposes a participant, or the renewal of one.
    event ParticipantProposed(ParticipantId indexed id, address indexed registrar, Application application);
    /// @notice Emitted when a second registrar approves: the participant is active from now on.
    event ParticipantApproved(ParticipantId indexed id, address indexed account, address indexed registrar);
    /// @notice Emitted when the second factor changes; `factor` is the new one's number, 0 if there is none.
    event SecondFactorChanged(ParticipantId indexed id, uint32 factor, bytes signer);
    /// @notice Emitted when a second registrar rejects a proposal.
    event ParticipantRejected(ParticipantId indexed id, address indexed registrar);
    /// @notice Emitted when a participant may open nothing new; what is open continues.
    event ParticipantSuspended(ParticipantId indexed id, bytes32 reason);
    /// @notice Emitted when a suspension ends.
    event ParticipantReinstated(ParticipantId indexed id);
    /// @notice Emitted when a registrar proposes another account for a participant.
    event AccountProposed(
        ParticipantId indexed id,
        address indexed account,
        address indexed registrar,
        bytes32 reasonHash
    );
    /// @notice Emitted when a second registrar approves another account: from `completableAt` on it can take over.
    event AccountApproved(
        ParticipantId indexed id,
        address indexed account,
        address indexed registrar,
        uint40 completableAt
    );
    /// @notice Emitted when the account in force objects to being replaced: `account` does not take over.
    event ReplacementObjected(ParticipantId indexed id, address indexed account);
    /// @notice Emitted when a registrar withdraws a replacement: `account` does not take over.
    event ReplacementWithdrawn(ParticipantId indexed id, address indexed account, address indexed registrar);
    /// @notice Emitted when `account` takes the place of `former`, with its standing.
    event AccountReplaced(ParticipantId indexed id, address indexed former, address indexed account);

    /// @notice Proposes a new participant. Role: registrar.
    function propose(Application calldata application) external returns (ParticipantId id);

    /// @notice Proposes new validity, kinds, size, credentials, second factor and controller for an existing
    /// participant. Role: registrar. The old ones stay in force until a second registrar approves; a pending renewal is
    /// replaced.
    function proposeRenewal(ParticipantId id, Application calldata application) external;

    /// @notice Approves what another registrar proposed. The application is repeated, so that what the second person
    /// read is what takes effect. Role: registrar.
    function approve(ParticipantId id, Application calldata application) external;

    /// @notice Rejects a proposal. The account of a rejected newcomer is free again. Role: registrar, not the proposer.
    function reject(ParticipantId id) external;

    /// @notice Suspends a participant: it opens nothing new; settlements, releases and repayments continue. Role:
    /// compliance.
    function suspend(ParticipantId id, bytes32 reason) external;

    /// @notice Ends a suspension. Role: compliance.
    function reinstate(ParticipantId id) external;

    /// @notice Proposes another account for a participant; it must be free, and is reserved from now on. Role:
    /// registrar.
    /// @param reasonHash id of the document with the reason, or keccak256 of a file that stays off chain.
    function proposeAccount(ParticipantId id, address account, bytes32 reasonHash) external;

    /// @notice Approves the account that another registrar proposed, and starts the delay. Account and reason are repeated,
    /// so that what the second person read is what takes effect. Role: registrar.
    function approveAccount(ParticipantId id, address account, bytes32 reasonHash) external;

    /// @notice Ends a replacement before it is completed. One person is enough: caution needs no second. Role: registrar.
    function withdrawReplacement(ParticipantId id) external;

    /// @notice Ends the replacement of the caller's account before it is completed. By the account in force, unless
    /// compliance has suspended the participant: a stolen key must not stop its own replacement.
    function objectToReplacement() external;

    /// @notice Completes a replacement once its delay has passed: the new account takes over the standing of the former
    /// one; see `orderStandingWordsOf` for orders in rounds. By anyone.
    function completeReplacement(ParticipantId id) external;

    /// @notice The pending replacement of a participant's account; all zero if there is none.
    function replacementOf(ParticipantId id) external view returns (Replacement memory);

    /// @notice The participant that an account belonged to until it was replaced; 0 if it never was.
    function participantOfFormer(address account) external view returns (ParticipantId);

    /// @notice Last day, inclusive, on which orders of a former account hold in rounds: the day after it was replaced; 0 if it
    /// never was.
    function ordersHoldUntil(address account) external view returns (Day);

    /// @notice The standing of an account's owner; all zero for a stranger. A participant never approved has no account
    /// yet, but its proposed one answers with id and status `Proposed`.
    function standingOf(address account) external view returns (Standing memory);

    /// @notice `standingOf` for many accounts.
    function standingsOf(address[] calldata accounts) external view returns (Standing[] memory);

    /// @notice `standingsOf` as the words that are stored.
    function standingWordsOf(address[] calldata accounts) external view returns (StandingWord[] memory);

    /// @notice `standingWordsOf` for accounts that signed orders into a round: until the end of the day after its replacement,
    /// in Shanghai, a former account answers with the standing that its participant has now, so that completing a replacement
    /// undoes no order. Suspending the participant does.
    /// @return standings one for each account.
    /// @return anyFormer whether a former account answered so; its participant may then be in the list twice.
    function orderStandingWordsOf(
        address[] calldata accounts
    ) external view returns (StandingWord[] memory standings, bool anyFormer);

    /// @notice The current account of a participant; zero if none with this id was ever approved.
    function accountOf(ParticipantId id) external view returns (address);

    /// @notice `accountOf` for many participants.
    function accountsOf(ParticipantId[] calldata ids) external view returns (address[] memory);

    /// @notice The standing of a participant by id.
    function standing(ParticipantId id) external view returns (Standing memory);

    /// @notice What the credentials in force are known by: id of a document, or keccak256 of a sheet.
    function credentialHashOf(ParticipantId id) external view returns (bytes32);

    /// @notice The ERC-7913 signer in force as a participant's second factor; empty if there is none.
    function secondFactorOf(ParticipantId id) external view returns (bytes memory);

    /// @notice The ultimate controller of a participant; 0 if none is declared.
    function controllerOf(ParticipantId id) external view returns (bytes32);

    /// @notice Whether two participants are one, or declared the same controller.
    function areAffiliates(ParticipantId one, ParticipantId other) external view returns (bool);

    /// @notice How many participants were ever proposed: ids run from 1 to this.
    function participantCount() external view returns (uint32);
}
