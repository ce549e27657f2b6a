import type { HardhatPlugin } from "hardhat/types/plugins";

/** The first place a message points to; a source out of a package is named after npm in the compiler's input. */
const IN_DEPENDENCY = /^(?:(?!-->).)*--> npm\//s;

/** Leaves out compiler warnings about dependencies: nobody here can act on them, and our own must stand out. */
export const ownWarnings: HardhatPlugin = {
  id: "own-warnings",
  hookHandlers: {
    solidity: async () => ({
      default: async () => ({
        invokeSolc: async (context, compiler, input, config, next) => {
          const output = await next(context, compiler, input, config);
          const errors = output.errors?.filter(
            ({ severity, formattedMessage = "" }) => severity === "error" || !IN_DEPENDENCY.test(formattedMessage),
          );
          return { ...output, errors };
        },
      }),
    }),
  },
};
