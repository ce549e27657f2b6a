import { type Column, Copy, Failed, Loading, Table } from "../design/index.ts";
import { type Sentence, useFormat, useWords } from "../words/index.ts";
import { useDeployment } from "./deployment.ts";
import { Snippet } from "./Snippet.tsx";

interface Place {
  name: Sentence;
  value: string;
}

interface Contract {
  name: string;
  address: string;
  blockNumber: number;
}

/** Where everything is: the chain, its contracts, and the interfaces behind this page's address. */
export function Addresses() {
  const say = useWords();
  const { count } = useFormat();
  const { data, error, refetch } = useDeployment();
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  const { origin } = location;
  const places: Place[] = [
    { name: { en: "Chain id", zh: "链编号" }, value: String(data.chainId) },
    { name: { en: "Hash of block 0", zh: "创世区块哈希" }, value: data.genesisHash },
    { name: { en: "Node (JSON-RPC)", zh: "节点（JSON-RPC）" }, value: `${origin}/rpc` },
    { name: { en: "Operator's API", zh: "运营服务接口" }, value: `${origin}/api` },
    { name: { en: "Index (GraphQL)", zh: "索引（GraphQL）" }, value: `${origin}/graphql` },
    { name: { en: "All addresses as a file", zh: "全部地址文件" }, value: `${origin}/deployment.json` },
  ];
  const contracts = Object.entries(data.contracts).map(([name, { address, blockNumber }]) => ({
    name,
    address,
    blockNumber,
  }));
  const columns: Column<Contract>[] = [
    { title: { en: "Contract", zh: "合约" }, cell: ({ name }) => name },
    { title: { en: "Address", zh: "地址" }, cell: ({ address }) => <code>{address}</code> },
    {
      title: { en: "Copy", zh: "复制" },
      cell: ({ address, name }) => <Copy text={address} what={{ en: `address of ${name}`, zh: `${name} 的地址` }} />,
    },
    { title: { en: "Block", zh: "区块" }, kind: "num", cell: ({ blockNumber }) => count(blockNumber) },
  ];
  const placeColumns: Column<Place>[] = [
    { title: { en: "What", zh: "项目" }, cell: ({ name }) => say(name) },
    { title: { en: "Value", zh: "值" }, cell: ({ value }) => <code>{value}</code> },
    { title: { en: "Copy", zh: "复制" }, cell: ({ value, name }) => <Copy text={value} what={name} /> },
  ];
  return (
    <>
      <section className="card stack">
        <h2>
          {say({ en: "Network", zh: "网络" })} {data.network}
        </h2>
        <Table
          label={{ en: "Interfaces", zh: "接口" }}
          columns={placeColumns}
          rows={places}
          keyOf={({ name }) => name.en}
        />
        <Snippet title={{ en: "Connect in TypeScript", zh: "以 TypeScript 连接" }} code={connectIn(origin)} />
      </section>
      <section className="card stack">
        <h2>{say({ en: "Contracts", zh: "合约" })}</h2>
        <Table label={{ en: "Contracts", zh: "合约" }} columns={columns} rows={contracts} keyOf={({ name }) => name} />
      </section>
    </>
  );
}

const connectIn = (origin: string) => `import { connect, parseDeployment } from "dujiang-sdk";

const file = await fetch("${origin}/deployment.json");
const platform = await connect(parseDeployment(await file.text()), "${origin}/rpc");`;
