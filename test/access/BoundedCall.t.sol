// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

import {BoundedCall} from "../../contracts/access/libraries/BoundedCall.sol";
import {Assertions} from "../utils/Assertions.sol";

/// @dev Around the library's internal functions, so that each has a call of its own with gas of its own.
contract Asker {
    function ask(address target, uint256 gasLimit, bytes memory data) external view returns (bool, uint256) {
        return BoundedCall.ask(target, gasLimit, data);
    }

    function isValidSignature(address signer, bytes32 digest, bytes calldata signature) external view returns (bool) {
        return BoundedCall.isValidSignature(signer, digest, signature);
    }
}

contract BoundedCallTest is Assertions {
    uint256 internal constant KEY = 77;
    bytes32 internal constant DIGEST = keccak256("what is signed");
    bytes32 internal constant MAGIC = bytes32(IERC1271.isValidSignature.selector);
    /// @dev More than any call here needs.
    uint256 internal constant PLENTY = 1_000_000;

    Asker internal asker = new Asker();
    address internal target = _at("target");

    function _at(string memory name) internal pure returns (address) {
        return address(uint160(uint256(keccak256(bytes(name)))));
    }

    // ---- what the target does

    /// @dev Answers with so many bytes, of which the first 32 are `word`.
    function _answers(bytes32 word, uint8 length) internal {
        // PUSH32 word, PUSH0, MSTORE, PUSH1 length, PUSH0, RETURN
        vm.etch(target, abi.encodePacked(hex"7f", word, hex"5f5260", length, hex"5ff3"));
    }

    function _reverts(bytes32 word) internal {
        vm.etch(target, abi.encodePacked(hex"7f", word, hex"5f5260205ffd"));
    }

    /// @dev Answers with the gas it finds: 2 less than it was given, for the instruction that looks.
    function _answersItsGas() internal {
        // GAS, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN
        vm.etch(target, hex"5a5f5260205ff3");
    }

    /// @dev Answers with the first word of what it is asked.
    function _answersTheQuestion() internal {
        // PUSH0, CALLDATALOAD, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN
        vm.etch(target, hex"5f355f5260205ff3");
    }

    function _asked(uint256 gasLimit) internal view returns (bool success, uint256 answer) {
        return asker.ask(target, gasLimit, "");
    }

    function _isTaken(address signer, bytes memory signature) internal view returns (bool) {
        return asker.isValidSignature(signer, DIGEST, signature);
    }

    function _signed(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    // ---- ask

    function test_ask_readsOneWord() public {
        _answers(bytes32(uint256(42)), 32);
        (bool success, uint256 answer) = _asked(1_000);
        assertTrue(success, "answered");
        assertEq(answer, 42, "a word");
        _answers(bytes32(uint256(43)), 255);
        (success, answer) = _asked(1_000);
        assertTrue(success, "answered at length");
        assertEq(answer, 43, "its first word");
    }

    function test_ask_passesTheQuestionOn() public {
        _answersTheQuestion();
        (bool success, uint256 answer) = asker.ask(target, 1_000, abi.encode(1_234));
        assertTrue(success, "answered");
        assertEq(answer, 1_234, "what was asked");
    }

    function test_ask_takesAnAnswerShorterThanAWordForNone() public {
        _answers(bytes32(uint256(42)), 31);
        _assertNoAnswer();
        _answers(bytes32(uint256(42)), 0);
        _assertNoAnswer();
    }

    function test_ask_takesARevertForNoAnswer() public {
        _reverts(bytes32(uint256(42)));
        _assertNoAnswer();
    }

    function test_ask_takesAnAccountWithoutCodeForNoAnswer() public view {
        _assertNoAnswer();
    }

    function test_ask_takesGasThatRunsOutForNoAnswer() public {
        // JUMPDEST, PUSH0, JUMP
        vm.etch(target, hex"5b5f56");
        _assertNoAnswer();
    }

    function _assertNoAnswer() private view {
        (bool success, uint256 answer) = _asked(1_000);
        assertFalse(success, "no answer");
        assertEq(answer, 0, "no word");
    }

    function testFuzz_ask_givesExactlyTheLimit(uint256 gasLimit, uint256 more) public {
        gasLimit = bound(gasLimit, 100, PLENTY);
        _answersItsGas();
        uint256 given = gasLimit + gasLimit / 63 + 20_000 + bound(more, 0, PLENTY);
        (bool success, uint256 answer) = asker.ask{gas: given}(target, gasLimit, "");
        assertTrue(success, "answered");
        assertEq(answer, gasLimit - 2, "whatever the caller has");
    }

    function test_ask_insistsOnTheLimitAndWhatStaysBehind() public {
        // Counting lines costs gas between the check and the call.
        if (vm.envOr("DUJIANG_COVERAGE", 0) == 1) return;
        _insistsOn(0, 5_000);
        // One part in 64 of what is left stays behind, in whole units.
        _insistsOn(62, 62 + 5_000);
        _insistsOn(63, 63 + 1 + 5_000);
        _insistsOn(6_300, 6_300 + 100 + 5_000);
        _insistsOn(400_000, 400_000 + 6_349 + 5_000);
    }

    function _insistsOn(uint256 gasLimit, uint256 needed) private {
        bytes memory call = abi.encodeCall(Asker.ask, (target, gasLimit, ""));
        uint256 least = needed + _spentBeforeTheCheck(call);
        (bool success, bytes memory answer) = address(asker).call{gas: least - 1}(call);
        assertFalse(success, "one less reverts");
        _assertTooLittleGas(answer, needed);
        (success, ) = address(asker).call{gas: least}(call);
        assertTrue(success, "exactly what is needed passes");
    }

    function _assertTooLittleGas(bytes memory answer, uint256 needed) private pure {
        assertEq(bytes32(bytes4(answer)), bytes32(BoundedCall.BoundedCall_TooLittleGas.selector), "the reason");
        assertEq(_wordAt(answer, 36), needed, "needed");
        uint256 left = _wordAt(answer, 4);
        // Measured again for the error, some instructions after it was compared.
        assertTrue(left < needed && needed - left < 1_000, "left");
    }

    function _wordAt(bytes memory data, uint256 place) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(add(data, 32), place))
        }
    }

    /// @dev What the asker spends until it compares its gas. The gas in the error is read later than that, so the asker's
    /// code is run once more, cut off behind each of its GAS instructions in turn so that it returns what that one found;
    /// the first that runs is the one of the comparison.
    function _spentBeforeTheCheck(bytes memory call) private returns (uint256 spent) {
        address cut = _at("asker that is cut off");
        bytes memory code = address(asker).code;
        // PUSH0, MSTORE, MSIZE, PUSH0, RETURN
        bytes5 returnsIt = hex"5f52595ff3";
        spent = type(uint256).max;
        for (uint256 i; i + 6 <= code.length; ++i) {
            uint8 instruction = uint8(code[i]);
            if (instruction == 0x5a) {
                bytes memory changed = bytes.concat(code);
                for (uint256 j; j < 5; ++j) {
                    changed[i + 1 + j] = returnsIt[j];
                }
                vm.etch(cut, changed);
                (bool success, bytes memory found) = cut.call{gas: PLENTY}(call);
                // An asker that is cut off elsewhere answers as usual, with no more than 1 in its first word.
                if (success && _wordAt(found, 0) > 1 && PLENTY - _wordAt(found, 0) < spent) {
                    spent = PLENTY - _wordAt(found, 0);
                }
            }
            // What a PUSH carries is no instruction.
            if (instruction >= 0x60 && instruction <= 0x7f) i += instruction - 0x5f;
        }
        assertTrue(spent < 10_000, "found the comparison");
    }

    // ---- isValidSignature

    function test_isValidSignature_takesTheSignersOwn() public view {
        assertTrue(_isTaken(vm.addr(KEY), _signed(KEY, DIGEST)), "its own");
        assertFalse(_isTaken(vm.addr(KEY), _signed(KEY + 1, DIGEST)), "somebody else's");
        assertFalse(_isTaken(vm.addr(KEY), _signed(KEY, keccak256("something else"))), "of something else");
        assertFalse(_isTaken(vm.addr(KEY), ""), "none");
    }

    /// @dev What recovers nobody vouches for nobody.
    function test_isValidSignature_isNeverTheZeroAccounts() public view {
        assertFalse(_isTaken(address(0), ""), "none");
        assertFalse(_isTaken(address(0), new bytes(65)), "zeros");
    }

    function test_isValidSignature_asksNobodyWhereThereIsNoCode() public view {
        assertFalse(asker.isValidSignature{gas: 100_000}(target, DIGEST, ""), "with less than an answer may take");
    }

    function test_isValidSignature_asksAContract() public {
        assertFalse(_isTaken(target, _signed(KEY, DIGEST)), "no code");
        _answers(MAGIC, 32);
        assertTrue(_isTaken(target, "whatever it understands"), "the word of ERC-1271");
        _answers(MAGIC | bytes32(uint256(1)), 32);
        assertFalse(_isTaken(target, ""), "and something behind it");
        _answers(bytes32(uint256(1)), 32);
        assertFalse(_isTaken(target, ""), "true");
        _answers(MAGIC, 4);
        assertFalse(_isTaken(target, ""), "four bytes");
        _reverts(MAGIC);
        assertFalse(_isTaken(target, ""), "a revert with the word");
    }

    function test_isValidSignature_asksByTheInterface() public {
        vm.expectCall(target, abi.encodeCall(IERC1271.isValidSignature, (DIGEST, "signature")), 1);
        _answers(MAGIC, 32);
        assertTrue(_isTaken(target, "signature"), "answered");
    }

    /// @dev A key may sign for an account that has code (EIP-7702), which is not asked then.
    function test_isValidSignature_ofTheKeyAsksNoContract() public {
        vm.etch(vm.addr(KEY), hex"fe");
        assertTrue(_isTaken(vm.addr(KEY), _signed(KEY, DIGEST)), "its own");
    }

    function test_isValidSignature_givesAContract400_000Gas() public {
        _answers(MAGIC, 32);
        bytes memory call = abi.encodeCall(Asker.isValidSignature, (target, DIGEST, ""));
        (bool success, bytes memory answer) = address(asker).call{gas: 400_000}(call);
        assertFalse(success, "too little");
        assertEq(_wordAt(answer, 36), 411_349, "needed");
    }
}
