import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { expect } from "chai";
import { parse as parseYaml } from "yaml";
import { createNetwork } from "../../../scripts/network/create.ts";
import { root } from "../../../scripts/root.ts";
import { readWebSettings } from "../../../web/server/settings.ts";
import { Image } from "../../utils/image.ts";

const TRADES = ["exchange", "keeper", "metering", "statements", "documents"];
const KEYS: Record<string, string> = {
  exchange: "OPERATOR_KEYS",
  keeper: "OPERATOR_KEEPER_KEY",
  metering: "OPERATOR_METER_KEY",
};
const DOCKERFILES = ["indexer/Dockerfile", "operator/Dockerfile", "web/Dockerfile"];
const CHOICES = { chainId: 20_260, validators: 4, rpcNodes: 1, fork: "osaka", blockPeriodSeconds: 2 } as const;

interface Service {
  image?: string;
  build?: { context: string; dockerfile: string };
  command?: string[];
  user?: string;
  profiles?: string[];
  environment?: Record<string, string>;
  volumes?: string[];
  ports?: string[];
  networks?: string[] | Record<string, { ipv4_address: string }>;
  tmpfs?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, unknown>;
}

describe("the compose.yaml of a network", function () {
  this.timeout(60_000);
  const parent = mkdtempSync(join(tmpdir(), "dujiang-compose-"));
  const [one, several] = [join(parent, "one"), join(parent, "several")];
  const read = (folder: string, file: string) => readFileSync(join(folder, file), "utf8");
  let services: Record<string, Service>;
  let onMembers: Record<string, Service>;

  before(() => {
    createNetwork(one, CHOICES);
    createNetwork(several, { ...CHOICES, ips: ["10.1.0.1", "10.1.0.2", "10.1.0.3", "10.1.0.4", "10.1.0.9"] });
    services = parseYaml(read(one, "compose.yaml")).services;
    onMembers = parseYaml(read(several, "compose.yaml")).services;
  });
  after(() => rmSync(parent, { recursive: true, force: true }));

  it("runs node, index, Postgres and the operator's trades out of one file, each trade alone or all together", () => {
    expect(Object.keys(services)).to.include.members(["validator-1", "rpc-1", "postgres", "indexer", ...TRADES]);
    for (const name of TRADES) {
      const { profiles, command, environment = {} } = services[name]!;
      expect(profiles).to.deep.equal([name, "operator"]);
      expect(command).to.deep.equal([name]);
      // None is given another's key.
      const keys = Object.values(KEYS).filter((key) => key in environment);
      expect(keys).to.deep.equal(KEYS[name] === undefined ? [] : [KEYS[name]]);
      expect(environment.DATABASE_URL).to.match(/@postgres:5432\/operator$/);
    }
    expect(read(one, "postgres.sql")).to.equal("CREATE DATABASE operator;\n");
    expect(services.postgres?.volumes).to.include("./postgres.sql:/docker-entrypoint-initdb.d/operator.sql:ro");
  });

  it("lets nothing be written but where it says so, runs nothing as root, and knows of everything whether it is well", () => {
    for (const [name, service] of [...Object.entries(services), ...Object.entries(onMembers)]) {
      expect(service.read_only, name).to.equal(true);
      expect(service.cap_drop, name).to.deep.equal(["ALL"]);
      expect(service.security_opt, name).to.deep.equal(["no-new-privileges:true"]);
      expect(service.tmpfs?.[0], name).to.match(/^\/tmp/);
      const user = service.user ?? new Image(service.build!.dockerfile).all("USER").at(-1);
      expect(user, name).to.match(/^(node|postgres|\$\{BESU_USER:.*\})$/);
      expect(service.healthcheck?.test[0], name).to.equal("CMD");
    }
    expect(read(one, ".env")).to.match(/^BESU_USER=[1-9]\d*:/m);
  });

  it("asks the health of each trade where it listens, on this machine's loopback alone", () => {
    for (const name of TRADES) {
      for (const service of [services[name]!, onMembers[name]!]) {
        const port = service.environment?.OPERATOR_PORT;
        expect(service.healthcheck?.test.at(-1)).to.include(`http://127.0.0.1:${port}/health`);
      }
      const { ports, environment } = services[name]!;
      expect(ports).to.deep.equal([`127.0.0.1:${environment?.OPERATOR_PORT}:${environment?.OPERATOR_PORT}`]);
      // The machine's own address it has from its default.
      expect([environment?.OPERATOR_HOST, onMembers[name]?.environment?.OPERATOR_HOST]).to.deep.equal([
        "0.0.0.0",
        undefined,
      ]);
    }
  });

  it("serves the page, which finds every service behind it and is known to the operator as a proxy", () => {
    const { environment, networks, ports, profiles, healthcheck } = services.web!;
    expect(profiles).to.deep.equal(["web"]);
    const urls = Object.entries(environment ?? {}).filter(([name]) => name.endsWith("_URL"));
    expect(Object.fromEntries(urls)).to.deep.equal({
      RPC_URL: "http://rpc-1:8545",
      INDEX_URL: "http://indexer:42069",
      OPERATOR_URL: "http://exchange:8600",
      KEEPER_URL: "http://keeper:8601",
      METERING_URL: "http://metering:8602",
      STATEMENTS_URL: "http://statements:8603",
      DOCUMENTS_URL: "http://documents:8604",
    });
    expect(readWebSettings({ ...environment, DUJIANG_WEB_NAMES: "", DUJIANG_WEB_TRUSTED_PROXIES: "" })).to.include({
      host: "0.0.0.0",
      port: 8_700,
    });
    expect(ports).to.deep.equal(["127.0.0.1:8700:8700"]);
    expect(healthcheck?.test.at(-1)).to.include("http://127.0.0.1:8700/healthy");
    const address = Array.isArray(networks) ? undefined : networks?.chain?.ipv4_address;
    for (const name of TRADES) {
      expect(services[name]?.environment?.OPERATOR_TRUSTED_PROXIES).to.equal(address);
      expect(onMembers[name]?.environment?.OPERATOR_TRUSTED_PROXIES).to.equal("127.0.0.1");
    }
    const nodes = Object.values(services).flatMap(({ networks: of }) => (Array.isArray(of) ? [] : [of?.chain]));
    const addresses = nodes.flatMap((place) => place?.ipv4_address ?? []);
    expect(new Set(addresses).size).to.equal(addresses.length).and.be.greaterThan(5);
    expect(onMembers.web?.environment).to.include({
      DUJIANG_WEB_HOST: "127.0.0.1",
      STATEMENTS_URL: "http://127.0.0.1:8603",
    });
  });

  it("names the version of every image, and no secret", () => {
    const env = Object.fromEntries(
      read(one, ".env")
        .trim()
        .split("\n")
        .map((line) => line.split("=", 2) as [string, string]),
    );
    for (const name of ["BESU_IMAGE", "POSTGRES_IMAGE"]) expect(env[name]).to.match(/:\d+(\.\d+)+$/);
    for (const file of DOCKERFILES)
      for (const base of new Image(file).all("FROM"))
        expect(base).to.match(/^node:22\.\d+\.\d+-[a-z]+-slim( AS build)?$/);
    const text = read(one, "compose.yaml");
    expect(text).to.not.include(env.POSTGRES_PASSWORD);
    expect(text).to.not.match(/[0-9a-f]{64}/);
    for (const key of Object.values(KEYS)) expect(env[key]).to.equal("");
  });

  it("sets nothing that index, operator and page do not read", () => {
    const named = (pattern: RegExp, ...files: string[]) =>
      files.flatMap((file) => [...readFileSync(join(root, file), "utf8").matchAll(pattern)].map(([, name]) => name));
    const inProcess = named(/^ {2}([A-Z][A-Z_]+): /gm, "operator/config.ts");
    for (const name of TRADES) {
      const settings = globSync(`operator/${name}/{settings,trade}.ts`, { cwd: root });
      const known = [...inProcess, ...named(/^ {2}([A-Z][A-Z_]+): /gm, ...settings)];
      expect(known).to.include.members(Object.keys(services[name]?.environment ?? {}));
    }
    const ofPage = named(/^ {2}([A-Z][A-Z_]+): /gm, "web/server/settings.ts");
    expect(ofPage).to.include.members(Object.keys(services.web?.environment ?? {}));
    const files = globSync("indexer/{*,src/api/*}.ts", { cwd: root });
    const taken = named(/\{([^}]*)\} = process\.env/g, ...files).flatMap((names) => names!.match(/[A-Z_]+/g) ?? []);
    const ofIndex = [...named(/process\.env\.([A-Z_]+)/g, ...files), ...taken];
    expect(ofIndex).to.include.members(Object.keys(services.indexer?.environment ?? {}));
  });

  it("mounts and builds from what there is", () => {
    for (const { build, volumes = [] } of Object.values(services)) {
      for (const [from = ""] of volumes.map((volume) => volume.split(":"))) {
        if (/^\.?\.?\//.test(from)) expect(existsSync(resolve(one, from)), from).to.equal(true);
      }
      if (build !== undefined)
        expect(DOCKERFILES).to.include(relative(root, resolve(one, build.context, build.dockerfile)));
    }
  });
});

for (const file of DOCKERFILES) {
  describe(file, () => {
    const image = new Image(file);

    it("copies what there is and .dockerignore lets through, and starts a file of it", () => {
      const passed = readFileSync(join(root, ".dockerignore"), "utf8").match(/(?<=^!)\S+$/gm);
      for (const { from } of image.copies) {
        expect(existsSync(join(root, from)), from).to.equal(true);
        expect(
          passed?.some((path) => from === path || from.startsWith(`${path}/`)),
          from,
        ).to.equal(true);
      }
      const [program, ...args] = image.entrypoint;
      expect(program).to.equal("node");
      const script = args.find((arg) => /\.[jt]s$/.test(arg)) ?? "";
      expect(existsSync(join(root, script)), script).to.equal(true);
      expect(script.startsWith("node_modules/") || image.copies.some(({ to }) => script.startsWith(`${to}/`))).to.equal(
        true,
      );
    });

    it("copies everything that is imported", () => {
      const folders = image.copies.map(({ from }) => from);
      const sources = folders.flatMap((folder) =>
        globSync(`${folder}/**/*.ts`, { cwd: root, exclude: ["**/dist/**", "**/generated/**"] }),
      );
      for (const source of sources) {
        for (const [, path = ""] of readFileSync(join(root, source), "utf8").matchAll(
          /^(?:im|ex)port (?!type )[^;]*? from "(\.[^"]+)"/gm,
        )) {
          const imported = relative(root, resolve(root, source, "..", path)).replaceAll("\\", "/");
          expect(
            folders.some((folder) => imported === folder || imported.startsWith(`${folder}/`)),
            `${source} imports ${imported}`,
          ).to.equal(true);
        }
      }
    });
  });
}
