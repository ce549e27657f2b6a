// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {WebAuthn} from "@openzeppelin/contracts/utils/cryptography/WebAuthn.sol";

/// @notice Signatures over `SUBJECT` that others made: P-256 by noble-curves, RSA-2048 by OpenSSL.
library FactorVectors {
    bytes32 internal constant SUBJECT = keccak256("what was signed");

    bytes32 private constant X = 0xfee7e4bc08db5b491931f36273095f1cb5ea2f788218cc924771fb8ae0eb2070;
    bytes32 private constant Y = 0xa15f952a199d4d5318b076d56509628a0a8fe60c8d891c9f0425af6937abaff7;

    /// @notice The P-256 key behind a verifier; also that of the passkey.
    function p256(address verifier) internal pure returns (bytes memory) {
        return abi.encodePacked(verifier, X, Y);
    }

    function p256Signature() internal pure returns (bytes memory) {
        return
            abi.encodePacked(
                bytes32(0xd0cbc8939c8384548c81e7c758b8605bf04ce023936903f5be4b4c07f831d5ee),
                bytes32(0x3ecfffa02973687470986e693cd92afc31070a9e55dd1a4f8f950277cf330fcb)
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
            '{"type":"webauthn.get","challenge":"wsWCAgP5gWaYErsNIXvGZYCcYL_MRHwJrn6CyuMshzM","origin":"http://localhost","crossOrigin":false}';
        // solhint-enable quotes
        auth.authenticatorData = abi.encodePacked(
            sha256("localhost"),
            verified ? bytes1(0x05) : bytes1(0x01),
            uint32(1)
        );
        if (verified) {
            auth.r = 0x8000e7a4b6499a13927ff93d7a5e4b722e2780bb6444ac212c5fbf27b4906105;
            auth.s = 0x0bc0730455555ffe21d44b966efd0b5fe43fb5ce4918ec2e6d2084c34184f92f;
        } else {
            auth.r = 0x175afd9874d877d628b5bc14520565112b8f3e2a142c71aa44c8780fe4b4d9da;
            auth.s = 0x535ca513ff8b06319555af5a6fdbae889d76a175755b11bdac5c1e9a16681907;
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
            hex"b4617b2c726dc531dd01060515e6d36b8fbfff20b37e6c515148ff046b484c5a"
            hex"1c6b0c7c04f2fc358bc65e213921c34df4f6f114772d56e66036e044ae571241"
            hex"552ec4e5abbee3e55ee6d6dc4e4dc7f2bdc61c001c15bfb64c86d873bd3f9f03"
            hex"4b1cdee1f40412dc39dc42567b1ee2567b72ee3437d0c766bf54576936b18db5"
            hex"71ef178a11fd269fd6b89ffcd39a72c61619c04d500f77d2d375aa911d156ccb"
            hex"b9f2978f1cb100ea1120858ced038b69a4df186ecaaf27b225cc5a401f7695ec"
            hex"db35024d9479e3299c691e0ebd21bff0bab679534067b0d4d331311bdc972fb4"
            hex"18203da84415e953c4c03149da9ba1a36b6e2e15a124e1ea832ed592055979e2";
    }

    function _modulus() private pure returns (bytes memory) {
        return
            hex"bde5c699008ef2d7f62710ff06e3004d449988586593d7b0f39993227206cf17"
            hex"5417cbf81f8a9f1960c827aff09ef76afa726d8af12c618270aa6b98809902d2"
            hex"cdde6d34550f83b6e76c3da6ac7c728676451ff6b200a9479a16f0364fe3c441"
            hex"065d04b906d148fa8f2975504746759248b652af3dcf843203d0dfcdf898ae4a"
            hex"5de34e59a8ab34edbe53f6f19ef921208b59c8b242a3c75e50dec5a62467eb9d"
            hex"15dfa6eb437fa3d0163cfe1ee7ad7124ed47d3a2376c4ff5cf20bcfd95f5266e"
            hex"920e8eddd437d7e26a28200888bc7bbde0ee69e7e8089f5eac60c5fdc48c0110"
            hex"ebf3b29e554d1ff2bde5163ad292eeff657d750de2f5881a224d130fc86149b9";
    }
}
