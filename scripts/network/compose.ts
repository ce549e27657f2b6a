import { relative, resolve, sep } from "node:path";
import { stringify } from "yaml";
import { root } from "../root.ts";
import { HEADER, PLACES, rpcHost } from "./config.ts";
import { kindOf, type Network, type Node, numberOf } from "./network.ts";

/** Fixed addresses are taken from its first half, those of all other services from its second. */
const SUBNET = "172.28.17";

/** The address of a node of a network that runs on one machine. */
export function addressInSubnet(node: Pick<Node, "name">): string {
  return `${SUBNET}.${(kindOf(node) === "validator" ? 10 : 100) + numberOf(node)}`;
}

/** How many nodes of a kind have a place there. */
export const MOST = { validator: 89, rpc: 27 } as const;

/** Where a node's JSON-RPC answers on its machine, and on the machine alone. */
export function rpcPort(network: Pick<Network, "machines">, node: Node): number {
  if (network.machines === "several") return 8545;
  return kindOf(node) === "rpc" ? 8545 + 10 * (numberOf(node) - 1) : 18_500 + numberOf(node);
}

function metricsPort(node: Node): number {
  return (kindOf(node) === "validator" ? 19_500 : 19_600) + numberOf(node);
}

/** The operator's trades, each with its port on the machine and the key that it signs with, if any. */
const TRADES = {
  exchange: { port: 8600, key: "OPERATOR_KEYS" },
  keeper: { port: 8601, key: "OPERATOR_KEEPER_KEY" },
  metering: { port: 8602, key: "OPERATOR_METER_KEY" },
  statements: { port: 8603, key: undefined },
  documents: { port: 8604, key: undefined },
} as const;

/** The keys of those trades, in the file that Docker reads by itself: empty until somebody enters them. */
export const TRADE_KEYS = Object.values(TRADES).flatMap(({ key }) => key ?? []);

/** Where the page's server stands in a network on one machine: the operator counts readers by what it says of them. */
const WEB_ADDRESS = `${SUBNET}.9`;
const WEB_PORT = 8700;

/** What only its members know of the page, in the file that Docker reads by itself. */
export const WEB_VARIABLES = ["DUJIANG_WEB_NAMES", "DUJIANG_WEB_TRUSTED_PROXIES"] as const;

/** The database of the operator beside the indexer's, made when Postgres starts for the first time. */
export const POSTGRES_SQL = "CREATE DATABASE operator;\n";

/** compose.yaml: the nodes, and beside the first rpc node a database, the indexer, the operator's trades and the page. */
export function composeYaml(network: Network, folder: string): string {
  const first = network.nodes.find((node) => kindOf(node) === "rpc");
  const services = {
    ...Object.fromEntries(network.nodes.map((node) => [node.name, besu(network, node)])),
    ...(first === undefined
      ? {}
      : {
          postgres: postgres(),
          indexer: indexer(network, first, folder),
          ...Object.fromEntries(
            Object.keys(TRADES).map((name) => [name, trade(network, first, folder, name as keyof typeof TRADES)]),
          ),
          web: web(network, first, folder),
        }),
  };
  const document = {
    name: `dujiang-${network.chainId}`,
    services,
    ...(network.machines === "one"
      ? {
          networks: {
            chain: { ipam: { config: [{ subnet: `${SUBNET}.0/24`, ip_range: `${SUBNET}.128/25` }] } },
          },
        }
      : {}),
    ...(first === undefined ? {} : { volumes: { postgres: {} } }),
  };
  const note = "# Changes of your own belong into compose.override.yaml, which Docker reads after this file.\n";
  return `${HEADER}${note}\n${stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}

/** What services have in common: nothing is written but where it says so, and nobody becomes anybody else. */
const common = {
  restart: "unless-stopped",
  read_only: true,
  cap_drop: ["ALL"],
  security_opt: ["no-new-privileges:true"],
  logging: { driver: "json-file", options: { "max-size": "50m", "max-file": "5" } },
};

function besu(network: Network, node: Node) {
  const host = rpcHost(network);
  const port = rpcPort(network, node);
  const published = [
    `127.0.0.1:${port}:8545`,
    ...(kindOf(node) === "rpc" ? [`127.0.0.1:${port + 1}:8546`] : []),
    `127.0.0.1:${metricsPort(node)}:9545`,
  ];
  return {
    image: needed("BESU_IMAGE"),
    // The key is readable for its owner alone, so the node must be that owner.
    user: needed("BESU_USER"),
    command: [`--config-file=${PLACES.node}/config.toml`],
    // The image says 0.0.0.0 in its environment, which would go before config.toml.
    environment: { BESU_RPC_HTTP_HOST: host, BESU_RPC_WS_HOST: host },
    volumes: [`./genesis.json:${PLACES.genesis}:ro`, `./nodes/${node.name}:${PLACES.node}`],
    ...(network.machines === "one"
      ? { networks: { chain: { ipv4_address: node.ip } }, ports: published }
      : { network_mode: "host" }),
    // Besu unpacks native code there, and runs it.
    tmpfs: ["/tmp:exec"],
    healthcheck: answering(`${host === "0.0.0.0" ? "127.0.0.1" : host}/8545`),
    // A database that is killed in the middle of a block has to repair itself.
    stop_grace_period: "1m",
    ulimits: { nofile: 65_536 },
    ...common,
  };
}

function postgres() {
  return {
    image: needed("POSTGRES_IMAGE"),
    user: "postgres",
    environment: { POSTGRES_USER: "dujiang", POSTGRES_DB: "dujiang", POSTGRES_PASSWORD: needed("POSTGRES_PASSWORD") },
    // Its subfolder is named by the version: a newer one does not take an older one's files for its own.
    volumes: ["postgres:/var/lib/postgresql", "./postgres.sql:/docker-entrypoint-initdb.d/operator.sql:ro"],
    tmpfs: ["/tmp", "/var/run/postgresql"],
    networks: ["default"],
    ports: ["127.0.0.1:5432:5432"],
    healthcheck: { test: ["CMD", "pg_isready", "-U", "dujiang"], interval: "5s", retries: 12 },
    ...common,
  };
}

function indexer(network: Network, node: Node, folder: string) {
  const { beside, at, project, mounted } = places(network, folder);
  return {
    // Not before the contracts are deployed: there is nothing to index until then.
    profiles: ["indexer"],
    build: { context: project, dockerfile: "indexer/Dockerfile" },
    environment: {
      DUJIANG_NETWORK: "consortium",
      RPC_URL: `http://${at(node.name)}:8545`,
      RPC_WS_URL: `ws://${at(node.name)}:8546`,
      DATABASE_URL: database(at, "dujiang"),
    },
    ...mounted,
    healthcheck: healthy(42_069),
    depends_on: { postgres: { condition: "service_healthy" } },
    ...(beside
      ? // The container's own loopback nobody reaches; on the machine only its loopback is published.
        { networks: ["chain", "default"], ports: ["127.0.0.1:42069:42069"], command: ["--hostname", "0.0.0.0"] }
      : { network_mode: "host" }),
    ...common,
  };
}

/** One of the operator's trades, with its own key and in a process of its own. */
function trade(network: Network, node: Node, folder: string, name: keyof typeof TRADES) {
  const { beside, at, project, mounted } = places(network, folder);
  const { port, key } = TRADES[name];
  return {
    // Each where its key is kept; "operator" starts all of them.
    profiles: [name, "operator"],
    build: { context: project, dockerfile: "operator/Dockerfile" },
    command: [name],
    environment: {
      DUJIANG_NETWORK: "consortium",
      RPC_URL: `http://${at(node.name)}:8545`,
      DATABASE_URL: database(at, "operator"),
      OPERATOR_PORT: String(port),
      OPERATOR_TRUSTED_PROXIES: beside ? WEB_ADDRESS : "127.0.0.1",
      ...(beside ? { OPERATOR_HOST: "0.0.0.0" } : {}),
      // Empty where another machine runs the trade; the trade itself says when it is missing.
      ...(key === undefined ? {} : { [key]: `\${${key}:-}` }),
    },
    ...mounted,
    healthcheck: healthy(port),
    depends_on: {
      postgres: { condition: "service_healthy" },
      ...(beside ? { [node.name]: { condition: "service_healthy" } } : {}),
    },
    ...(beside ? { networks: ["chain", "default"], ports: [`127.0.0.1:${port}:${port}`] } : { network_mode: "host" }),
    ...common,
  };
}

/** The page, with node, index and each of the operator's trades behind its one address. */
function web(network: Network, node: Node, folder: string) {
  const { beside, at, project, mounted } = places(network, folder);
  const trades = Object.entries(TRADES).map(([name, { port }]) => [name, `http://${at(name)}:${port}`] as const);
  const { exchange, ...others } = Object.fromEntries(trades);
  return {
    profiles: ["web"],
    build: { context: project, dockerfile: "web/Dockerfile" },
    environment: {
      DUJIANG_NETWORK: "consortium",
      RPC_URL: `http://${at(node.name)}:8545`,
      INDEX_URL: `http://${at("indexer")}:42069`,
      OPERATOR_URL: exchange,
      ...Object.fromEntries(Object.entries(others).map(([name, url]) => [`${name.toUpperCase()}_URL`, url])),
      DUJIANG_WEB_HOST: beside ? "0.0.0.0" : "127.0.0.1",
      ...Object.fromEntries(WEB_VARIABLES.map((name) => [name, `\${${name}:-}`])),
    },
    ...mounted,
    healthcheck: healthy(WEB_PORT, "/healthy"),
    ...(beside
      ? { networks: { chain: { ipv4_address: WEB_ADDRESS } }, ports: [`127.0.0.1:${WEB_PORT}:${WEB_PORT}`] }
      : { network_mode: "host" }),
    ...common,
  };
}

/** How a service of ours finds the others, and what it is given of the project. */
function places(network: Network, folder: string) {
  const beside = network.machines === "one";
  const project = relative(resolve(folder), root).split(sep).join("/") || ".";
  return {
    beside,
    project,
    at: (service: string) => (beside ? service : "127.0.0.1"),
    mounted: { volumes: [`${project}/deployments:/app/deployments:ro`], tmpfs: ["/tmp"] },
  };
}

const database = (at: (service: string) => string, name: string) =>
  `postgres://dujiang:${needed("POSTGRES_PASSWORD")}@${at("postgres")}:5432/${name}`;

/** The images have no curl: Node asks, and where there is no Node, the shell tries whether anybody listens. */
const healthy = (port: number, path = "/health") => ({
  test: [
    ...["CMD", "node", "--eval"],
    `fetch("http://127.0.0.1:${port}${path}").then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))`,
  ],
  ...often,
});
const answering = (place: string) => ({ test: ["CMD", "bash", "-c", `exec 3<>/dev/tcp/${place}`], ...often });
const often = { interval: "10s", timeout: "5s", retries: 12, start_period: "60s" };

/** A variable out of .env, without which Docker refuses to begin. */
function needed(variable: string): string {
  return `\${${variable}:?is missing in .env}`;
}
