// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {WebAuthn} from "@openzeppelin/contracts/utils/cryptography/WebAuthn.sol";

/// @notice Signatures by which others confirmed `SUBJECT` for a participant: P-256 by noble-curves, RSA-2048 by OpenSSL, the
/// digest by viem, for a SecondFactor at `PLACE` on the chain of these tests.
library FactorVectors {
    address internal constant PLACE = address(uint160(0x5ec0fac7));
    uint32 internal constant PARTICIPANT = 5;
    bytes32 internal constant DIGEST = 0x3108411a73beda8d0a4aeb8043b3773bb27ef6027c54d9e4f6ebddc29c5684b7;
    bytes32 internal constant SUBJECT = keccak256("what was signed");

    bytes32 private constant X = 0x92f66a1902a2ae5c4d38015317c914b2ff4d5b393b6907b1b2c22579b5985518;
    bytes32 private constant Y = 0x62a151e27a5b94e82d64834af0eaf6ea076d0ff57b1678e260aeebd62c1966d8;

    /// @notice The P-256 key behind a verifier; also that of the passkey.
    function p256(address verifier) internal pure returns (bytes memory) {
        return abi.encodePacked(verifier, X, Y);
    }

    function p256Signature() internal pure returns (bytes memory) {
        return
            abi.encodePacked(
                bytes32(0x65ae79e2ab1116852803ad303485133f8e2b161a17a2d322faa7a22f3e1957ae),
                bytes32(0x5045e43cce3f4377501017d53ab601df2819895507ee39420c057eec1b1b0ad6)
            );
    }

    /// @notice An assertion over http://localhost in which the device verified its holder, or was merely touched.
    function passkeySignature(bool verified) internal pure returns (bytes memory) {
        WebAuthn.WebAuthnAuth memory auth;
        auth.typeIndex = 1;
        auth.challengeIndex = 23;
        // Written as the browser says it.
        // solhint-disable quotes
        auth.clientDataJSON =
            '{"type":"webauthn.get","challenge":"MQhBGnO-2o0KSuuAQ7N3O7J-9gJ8VNnk9uvdwpxWhLc","origin":"http://localhost","crossOrigin":false}';
        // solhint-enable quotes
        auth.authenticatorData = abi.encodePacked(
            sha256("localhost"),
            verified ? bytes1(0x05) : bytes1(0x01),
            uint32(1)
        );
        if (verified) {
            auth.r = 0xf51ec0533391456facaa2c3f463139b0619f993ac8ffd94b2ccc7f7e5a834d3b;
            auth.s = 0x3598b7a3d12e3da04eb63871faecdf0aee5036c5f8450e60dd83c2e21c949b13;
        } else {
            auth.r = 0xf888a21bac4133da64869b021d50b93e8c674c83dc74d8f0687eccb364fd6853;
            auth.s = 0x16a748a2209532102e14d5ebecb5a8fa729dd4b706a8bb43a3b52884cef61e12;
        }
        // Without the offset that the encoding of a dynamic struct begins with.
        return
            abi.encode(
                auth.r,
                auth.s,
                auth.challengeIndex,
                auth.typeIndex,
                auth.authenticatorData,
                auth.clientDataJSON
            );
    }

    function rsa(address verifier) internal pure returns (bytes memory) {
        return abi.encodePacked(verifier, abi.encode(bytes(hex"010001"), _modulus()));
    }

    function rsaSignature() internal pure returns (bytes memory) {
        return
            hex"82d5f8ac3efc3c68e34f091ca6ebedd6e9eb4d72a5f61dee3206e1c5e34372d4"
            hex"1e7947c263d4722c8ca91f349bcfb1c68e44dd08bb7917154ef71250a0e916ef"
            hex"afddb34918796eceb587a192aaed687d696134652b5c85740c749a7e972cd7c6"
            hex"231bdb8c18b2bfb06c877268bca95b2691974dce3d58abbe5cd0c30fc6c88fdc"
            hex"e38bf80901e628d520c925327483ad1ed8ab22a99785d115d8a45e635dda0b25"
            hex"7ee61e70edc1ed1ba96777ca49004b519b1a124e4dd7dc2d2dd7d9513ab6eab8"
            hex"236f66cb19a824983bd023937d8ced45c53e9582f0fdf7624eddcf30be87f22f"
            hex"0dedca9b33262fad5042ed09dae826c6c14d2c04d4199a3d53580ff40ad0fc5e";
    }

    function _modulus() private pure returns (bytes memory) {
        return
            hex"ab8bd15976cd5900f56e46acd780e1cb8743763f13277360d373c6ec09dd1343"
            hex"8675a0215d37d4b4c4de5e4d56a2e9801633afc110ae0988bbc4b507137adbfd"
            hex"86b84d0740927fa6f293869b2ff9f96b6dcdd6353c95a51ef5fae014223adcd0"
            hex"e9d68c2dc8c4036242a5867dc99bae2e0c611654a65742a87472cb04df725dae"
            hex"baa31c5f8aa2505d3516e62563b6c8ce150dd625ed08c16c90ef570721414960"
            hex"eef4acd951527c208bf34e4c9b3ff44a4871a74c8deb7de924a2c93f0d0090c8"
            hex"f36110bbfc69457c7620a3590847be2d20b5a52485cd569a74080540cd90bfa9"
            hex"f61e8039984b7e946a43a68e60dcc08a97e0e8febead67626e0ab69c8afc3ed5";
    }
}
