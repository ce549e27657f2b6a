import type { HardhatPlugin } from "hardhat/types/plugins";
import { contractParts } from "./contractParts.ts";
import { merged } from "./parts.ts";
import { isTest, testParts } from "./testParts.ts";

/**
 * Compiles in several processes at once: each reads all sources, and generates the code of its part of them. One plugin for
 * contracts and tests, and the first in the list: when a handler calls `next` again, Hardhat passes over the handler after it.
 */
export const compileInParts: HardhatPlugin = {
  id: "compile-in-parts",
  hookHandlers: {
    solidity: async () => ({
      default: async () => ({
        invokeSolc: async (context, compiler, input, config, next) => {
          const parts = Object.keys(input.sources).some(isTest) ? testParts(input) : contractParts(input);
          const outputs = await Promise.all(parts.map((part) => next(context, compiler, part.input, config)));
          return merged(parts, outputs);
        },
      }),
    }),
  },
};
