import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import ts from "typescript";
import { root } from "../../scripts/root.ts";
import { packSdk } from "../../tools/sdk/pack.ts";

const SDK = "dujiang-sdk";
/** What the README's examples use beside the sdk. */
const OWN_PACKAGES = ["ethers", "@types/node"];

const STRICT: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
  types: ["node"],
  strict: true,
  skipLibCheck: true,
};

/**
 * An empty project into which the packed sdk was installed with the packages that it declares, and nothing else of ours,
 * and into which somebody copied the examples of its README.
 */
export class StrangersProject {
  readonly folder = mkdtempSync(join(tmpdir(), "dujiang-stranger-"));
  readonly tarball: string;
  readonly installed = join(this.folder, "node_modules", SDK);
  readonly examples: string[];

  constructor() {
    this.tarball = packSdk(this.folder);
    const unpacked = spawnSync("tar", ["-xzf", this.tarball, "-C", this.folder], { encoding: "utf8" });
    if (unpacked.status !== 0) throw new Error(`The tarball could not be unpacked: ${unpacked.stderr}`);
    mkdirSync(join(this.folder, "node_modules"));
    renameSync(join(this.folder, "package"), this.installed);
    const { dependencies } = JSON.parse(readFileSync(join(this.installed, "package.json"), "utf8")) as Manifest;
    for (const name of [...Object.keys(dependencies), ...OWN_PACKAGES]) {
      const place = join(this.folder, "node_modules", name);
      mkdirSync(dirname(place), { recursive: true });
      symlinkSync(join(root, "node_modules", name), place, "junction");
    }
    this.write("package.json", JSON.stringify({ name: "stranger", private: true, type: "module" }));
    const readme = readFileSync(join(this.installed, "README.md"), "utf8");
    this.examples = [...readme.matchAll(/^```ts\n\/\/ (\w+\.ts)\n([\s\S]*?)^```$/gm)].map(([, name = "", text = ""]) =>
      this.write(name, text),
    );
  }

  write(name: string, text: string): string {
    const file = join(this.folder, name);
    writeFileSync(file, text);
    return file;
  }

  /** Compiles files, or the examples, as Node resolves modules, and writes them where it can run them. */
  compile(files = this.examples): ts.Program {
    const modules = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };
    const program = ts.createProgram(files, { ...STRICT, ...modules });
    program.emit();
    return program;
  }

  /** Checks the examples as a bundler resolves modules. */
  checkForBundler(): ts.Program {
    const modules = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
    return ts.createProgram(this.examples, { ...STRICT, ...modules, noEmit: true });
  }

  /** What is wrong with the examples, and with the declarations of the sdk that they use. */
  complaints(program: ts.Program): string[] {
    const files = program
      .getSourceFiles()
      .filter(({ fileName }) => program.getRootFileNames().includes(fileName) || fileName.includes(`/${SDK}/`));
    const found = [
      ...program.getOptionsDiagnostics(),
      ...files.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
    ];
    return found.map(
      ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

interface Manifest {
  dependencies: Record<string, string>;
}
