// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {Roles} from "../../contracts/access/Roles.sol";
import {KwhToken} from "../../contracts/energy/KwhToken.sol";
import {ParticipantRegistry} from "../../contracts/identity/ParticipantRegistry.sol";
import {SecondFactor} from "../../contracts/identity/SecondFactor.sol";
import {Application, Kinds, Standing} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {ISecondFactor} from "../../contracts/identity/interfaces/ISecondFactor.sol";
import {MeterRegistry} from "../../contracts/metering/MeterRegistry.sol";
import {
    DayProof,
    Meter,
    MeterDay,
    Reading,
    RootReport,
    Windows
} from "../../contracts/metering/interfaces/IMeterRegistry.sol";
import {DepositToken} from "../../contracts/money/DepositToken.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {Direction, FirmSize, Quality, Source, Voltage} from "../../contracts/types/Enums.sol";
import {MeterId, ParticipantId, ZoneId} from "../../contracts/types/Ids.sol";
import {MerkleTreeReference} from "../reference/MerkleTreeReference.sol";
import {Assertions} from "./Assertions.sol";
import {Deploy} from "./Deploy.sol";
import {Permissions} from "./Permissions.sol";

/// @notice The platform as a deployment leaves it: contracts, roles and who holds them; with the steps that tests take to
/// get somewhere. The clock begins at 2026-11-22 10:00 in Shanghai.
abstract contract Platform is Assertions {
    // Who holds which power.
    address internal council = _named("council");
    address internal registrar = _named("registrar");
    address internal secondRegistrar = _named("second registrar");
    address internal compliance = _named("compliance");
    address internal meterOperator = _named("meter operator");
    address internal marketOperator = _named("market operator");
    address internal ruleMaker = _named("rule maker");
    address internal bank = _named("bank");
    address internal arbiter = _named("arbiter");
    address internal guardian = _named("guardian");
    address internal stranger = _named("stranger");

    AccessManager internal manager;
    ParticipantRegistry internal registry;
    SecondFactor internal secondFactor;
    MeterRegistry internal meters;
    DepositToken internal deposits;
    KwhToken internal kwh;

    /// @dev 2026-11-22, the day on which every test begins.
    Day internal constant START = Day.wrap(20_779);
    string internal constant KWH_URI = "https://example.invalid/kwh/{id}.json";
    string internal constant CLAIM_URI = "https://example.invalid/receivables/{id}.json";
    uint16 internal constant REPORT_DAYS = 5;
    uint16 internal constant OBJECTION_HOURS = 48;

    /// @dev The settlement bank of everybody, unless a test opens another: participant 1.
    ParticipantId internal bankId;

    /// @dev A day that is kept under a root: its place among the leaves, and its quality.
    struct Rooted {
        uint64 root;
        uint256 place;
        uint256 quality;
    }

    uint64 private _roots;
    mapping(uint64 root => bytes32[]) private _leavesOf;
    mapping(MeterId => mapping(Day => Rooted)) private _rooted;

    uint256 private _assets;
    uint256 private _issues;

    function setUp() public virtual {
        vm.warp(Calendar.startOf(START) + 10 hours);
        _deployRooms();
        _grantRoles();
        _mapFunctions();
        bankId = _enrolBank(bank, type(uint80).max);
    }

    // ---- set-up

    function _deployRooms() internal {
        manager = Deploy.accessManager(council);
        registry = Deploy.participantRegistry(address(manager));
        secondFactor = Deploy.secondFactor(address(manager), registry);
        meters = Deploy.meterRegistry(address(manager), registry, secondFactor, Windows(REPORT_DAYS, OBJECTION_HOURS));
        deposits = Deploy.depositToken(address(manager), registry, secondFactor, "Tokenized CNY", "CNYD");
        kwh = Deploy.kwhToken(address(manager), registry, secondFactor, meters, KWH_URI);
    }

    function _grantRoles() internal {
        vm.startPrank(council);
        manager.grantRole(Roles.REGISTRAR, registrar, 0);
        manager.grantRole(Roles.REGISTRAR, secondRegistrar, 0);
        manager.grantRole(Roles.COMPLIANCE, compliance, 0);
        manager.grantRole(Roles.METER_OPERATOR, meterOperator, 0);
        manager.grantRole(Roles.MARKET_OPERATOR, marketOperator, 0);
        manager.grantRole(Roles.RULE_MAKER, ruleMaker, 0);
        manager.grantRole(Roles.ARBITER, arbiter, 0);
        manager.grantRole(Roles.GUARDIAN, guardian, 0);
        manager.grantRole(Roles.COUNCIL, council, 0);
        manager.grantRole(Roles.EXPOSURE_BOOK, address(meters), 0);
        manager.grantRole(Roles.EXPOSURE_BOOK, address(deposits), 0);
        manager.grantRole(Roles.EXPOSURE_BOOK, address(kwh), 0);
        vm.stopPrank();
    }

    function _mapFunctions() internal {
        vm.startPrank(council);
        Permissions.participantRegistry(manager, address(registry));
        Permissions.secondFactor(manager, address(secondFactor));
        Permissions.meterRegistry(manager, address(meters));
        Permissions.depositToken(manager, address(deposits));
        Permissions.kwhToken(manager, address(kwh));
        vm.stopPrank();
    }

    /// @notice Gives a role to one more account.
    function _grant(uint64 role, address account) internal {
        vm.prank(council);
        manager.grantRole(role, account, 0);
    }

    /// @notice Closes or opens a whole contract.
    function _close(address target, bool closed) internal {
        vm.prank(council);
        manager.setTargetClosed(target, closed);
    }

    /// @notice Admits a notary and lets it hold.
    function _admitNotary(address notary) internal {
        vm.prank(council);
        deposits.approveNotary(notary);
        _grant(Roles.NOTARY, notary);
    }

    // ---- people

    /// @notice The key of somebody; the account is `_named` by the same name.
    function _keyOf(string memory name) internal pure returns (uint256) {
        return uint256(keccak256(bytes(name))) >> 4;
    }

    function _named(string memory name) internal returns (address account) {
        account = vm.addr(_keyOf(name));
        vm.label(account, name);
    }

    function _application(address account, uint32 kinds, FirmSize size) internal pure returns (Application memory) {
        return
            Application({
                account: account,
                size: size,
                validUntil: START.plusDays(3650),
                kinds: kinds,
                credentialHash: keccak256(abi.encode("credentials of", account)),
                secondFactor: "",
                exposureLimitFen: 0,
                controller: bytes32(0)
            });
    }

    /// @notice Enrols a settlement bank, which keeps its own account too.
    function _enrolBank(address account, uint80 capFen) internal returns (ParticipantId id) {
        id = _enrolWithoutBank(account, Kinds.BANK, FirmSize.Large);
        _grant(Roles.BANK, account);
        _setCap(id, capFen);
        vm.prank(account);
        deposits.openAccount(id);
    }

    function _setCap(ParticipantId bankId_, uint80 capFen) internal {
        vm.prank(council);
        deposits.setCap(bankId_, capFen);
    }

    /// @notice Enrols a participant by two persons, and opens its account with the bank.
    function _enrol(address account, uint32 kinds, FirmSize size) internal returns (ParticipantId id) {
        id = _enrolWithoutBank(account, kinds, size);
        vm.prank(bank);
        deposits.openAccount(id);
    }

    function _enrolWithoutBank(address account, uint32 kinds, FirmSize size) internal returns (ParticipantId id) {
        Application memory application = _application(account, kinds, size);
        vm.prank(registrar);
        id = registry.propose(application);
        vm.prank(secondRegistrar);
        registry.approve(id, application);
    }

    function _enrol(string memory name, uint32 kinds) internal returns (address account, ParticipantId id) {
        account = _named(name);
        id = _enrol(account, kinds, FirmSize.Medium);
    }

    /// @notice Puts a second factor in force, by a renewal that two registrars sign off.
    function _enrolFactor(address account, bytes memory factor, uint64 limitFen) internal {
        Application memory application = _applicationOf(account);
        (application.secondFactor, application.exposureLimitFen) = (factor, limitFen);
        _renew(application);
    }

    function _declareController(address account, bytes32 controller) internal {
        Application memory application = _applicationOf(account);
        application.controller = controller;
        _renew(application);
    }

    function _applicationOf(address account) private view returns (Application memory) {
        Standing memory standing = registry.standingOf(account);
        return _application(account, standing.kinds, standing.size);
    }

    function _renew(Application memory application) private {
        ParticipantId id = registry.standingOf(application.account).id;
        vm.prank(registrar);
        registry.proposeRenewal(id, application);
        vm.prank(secondRegistrar);
        registry.approve(id, application);
    }

    /// @notice What the call of a contract is confirmed by, on the day of the block.
    function _callSubject(address target, ParticipantId id, bytes memory call) internal view returns (bytes32) {
        return secondFactor.callSubject(target, id, call, Calendar.today());
    }

    /// @notice Signs a subject as a participant's second factor, an account by a name.
    function _signAsFactor(
        string memory factor,
        ParticipantId id,
        bytes32 subject
    ) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_keyOf(factor), secondFactor.confirmationDigest(id, subject));
        return abi.encodePacked(r, s, v);
    }

    function _confirmAsFactor(string memory factor, ParticipantId id, bytes32 subject) internal {
        secondFactor.confirm(id, subject, _signAsFactor(factor, id, subject));
    }

    /// @notice What comes without the confirmation that it always takes reverts with.
    function _factorAlwaysRequired(ParticipantId id, bytes32 subject) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ISecondFactor.SecondFactor_AlwaysRequired.selector, id, subject);
    }

    /// @notice What a commitment beyond the limit reverts with.
    function _factorRequired(
        ParticipantId id,
        bytes32 subject,
        uint256 exposureFen,
        uint256 amountFen,
        uint64 limitFen
    ) internal pure returns (bytes memory) {
        return
            abi.encodeWithSelector(
                ISecondFactor.SecondFactor_Required.selector,
                id,
                subject,
                exposureFen,
                amountFen,
                limitFen
            );
    }

    function _suspend(ParticipantId id) internal {
        vm.prank(compliance);
        registry.suspend(id, "under review");
    }

    /// @notice Two registrars give a participant another account.
    function _replaceAccount(ParticipantId id, address account) internal {
        _proposeReplacement(id, account);
        vm.warp(registry.replacementOf(id).completableAt);
        registry.completeReplacement(id);
    }

    /// @notice Begins the delay.
    function _proposeReplacement(ParticipantId id, address account) internal {
        vm.prank(registrar);
        registry.proposeAccount(id, account, "lost key");
        vm.prank(secondRegistrar);
        registry.approveAccount(id, account, "lost key");
    }

    // ---- money

    /// @notice An account's bank issues deposits to it.
    function _fund(address account, uint256 amountFen) internal {
        address issuer = registry.accountOf(deposits.bankOf(registry.standingOf(account).id));
        vm.prank(issuer);
        deposits.issue(account, amountFen, bytes32(++_issues));
    }

    function _optIn(address account, address notary) internal {
        vm.prank(account);
        deposits.optIn(notary, true);
    }

    // ---- meters

    function _meter(ParticipantId owner, Direction direction) internal pure returns (Meter memory) {
        return
            Meter({
                owner: owner,
                trader: owner,
                zone: ZoneId.wrap(1),
                direction: direction,
                voltage: Voltage.KV10,
                source: direction == Direction.Generation ? Source.Solar : Source.None,
                active: true,
                capacityW: 20_000_000,
                nextTrader: ParticipantId.wrap(0),
                nextTraderFrom: Day.wrap(0)
            });
    }

    function _registerMeter(ParticipantId owner, Direction direction) internal returns (MeterId) {
        return _registerMeter(_meter(owner, direction));
    }

    function _registerMeter(Meter memory properties) internal returns (MeterId) {
        vm.prank(meterOperator);
        return meters.register(properties, keccak256(abi.encode("asset", ++_assets)));
    }

    /// @notice A packed day with the same Wh in every slot.
    function _levelCurve(uint32 energyWh) internal pure returns (bytes memory) {
        uint32[96] memory slots;
        for (uint256 i; i < 96; ++i) {
            slots[i] = energyWh;
        }
        return _curve(slots);
    }

    function _curve(uint32[96] memory slots) internal pure returns (bytes memory packed) {
        packed = new bytes(384);
        for (uint256 i; i < 384; ++i) {
            // One byte of a four-byte value, big-endian.
            packed[i] = bytes1(uint8(slots[i / 4] >> (24 - 8 * (i % 4))));
        }
    }

    function _reading(MeterId meter, Day day, bytes memory curve) internal pure returns (Reading[] memory readings) {
        readings = new Reading[](1);
        readings[0] = Reading(meter, day, Quality.Measured, curve);
    }

    function _report(MeterId meter, Day day, bytes memory curve) internal {
        vm.prank(meterOperator);
        meters.report(_reading(meter, day, curve));
    }

    /// @notice Reports measured days of meters of the first group under one root; the meters ascend.
    function _reportRoot(MeterId[] memory metersIn, Day day, bytes[] memory curves) internal returns (uint64) {
        return _reportRoot(metersIn, day, curves, 0);
    }

    /// @param estimated bit i: the i-th of the meters.
    function _reportRoot(
        MeterId[] memory metersIn,
        Day day,
        bytes[] memory curves,
        uint256 estimated
    ) internal returns (uint64 root) {
        RootReport[] memory reports = new RootReport[](1);
        (reports[0].day, reports[0].curves) = (day, "");
        for (uint256 i; i < metersIn.length; ++i) {
            uint256 bit = 1 << MeterId.unwrap(metersIn[i]);
            reports[0].meters |= bit;
            if ((estimated >> i) & 1 == 1) reports[0].estimated |= bit;
            reports[0].curves = bytes.concat(reports[0].curves, curves[i]);
        }
        vm.prank(meterOperator);
        meters.reportRoots(reports);
        root = ++_roots;
        for (uint256 i; i < metersIn.length; ++i) {
            uint256 quality = (estimated >> i) & 1;
            uint256 what = (uint256(MeterId.unwrap(metersIn[i])) << 40) | (uint256(Day.unwrap(day)) << 8) | quality;
            _leavesOf[root].push(keccak256(abi.encode(what, keccak256(curves[i]))));
            _rooted[metersIn[i]][day] = Rooted(root, i, quality);
        }
    }

    function _finaliseRoot(uint64 root) internal {
        uint64[] memory list = new uint64[](1);
        list[0] = root;
        meters.finaliseRoots(list);
    }

    /// @notice Gives a day of a root a word of its own.
    function _recordDay(MeterId meter, Day day, bytes memory curve) internal {
        bytes32[] memory hashes = new bytes32[](1);
        hashes[0] = keccak256(curve);
        DayProof memory proof = _proofOf(meter, day);
        meters.recordDays(_one(meter, day), hashes, proof);
        delete _rooted[meter][day];
    }

    /// @notice The root that a day is kept under; 0 if it has a word of its own, or none.
    function _rootOf(MeterId meter, Day day) internal view returns (uint64) {
        return _rooted[meter][day].root;
    }

    /// @notice What proves a day, wherever it is kept.
    function _proofOf(MeterId meter, Day day) internal view returns (DayProof memory proof) {
        Rooted memory rooted = _rooted[meter][day];
        if (rooted.root == 0) return proof;
        (proof.root, proof.estimated) = (rooted.root, rooted.quality);
        proof.siblings = MerkleTreeReference.siblings(_leavesOf[rooted.root], rooted.place);
        proof.flags = new bool[](proof.siblings.length);
    }

    /// @notice Of days that have words of their own.
    function _ofWords() internal pure returns (DayProof memory) {}

    function _correct(MeterId meter, Day day, bytes memory curve) internal {
        vm.prank(meterOperator);
        meters.correct(_reading(meter, day, curve));
    }

    function _finalise(MeterId meter, Day day) internal {
        meters.finalise(_one(meter, day));
    }

    function _lapse(MeterId meter, Day day) internal {
        meters.lapse(_one(meter, day));
    }

    function _one(MeterId meter, Day day) internal pure returns (MeterDay[] memory meterDays) {
        meterDays = new MeterDay[](1);
        meterDays[0] = MeterDay(meter, day);
    }

    /// @notice Reports a day as soon as it is over and finalises it as soon as that is possible; moves the clock there.
    function _measure(MeterId meter, Day day, bytes memory curve) internal {
        uint256 over = Calendar.startOf(day) + 1 days;
        if (block.timestamp < over) vm.warp(over);
        _report(meter, day, curve);
        vm.warp(meters.dayOf(meter, day).finalisableAt);
        _finalise(meter, day);
    }
}
