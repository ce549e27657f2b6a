/** Generated from operator/openapi.json by `npm run codegen`. Do not edit. */

export interface paths {
    "/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What needs a person at the moment · 需要人工处理的事项
         * @description Of the trades of this process, each with what to do about it; it is gone once its cause is. 原因消除后自动消失。
         */
        get: operations["listAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/book/{zone}/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What waits to be cleared in all slots of a day · 全日订单簿
         * @description A book of more than 1,000 orders may be some seconds old: /events says what changed. 报单较多时可能滞后数秒，变动见 /events。
         */
        get: operations["readBookOfDay"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/book/{zone}/{date}/{slot}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What waits to be cleared in a slot · 某时段的订单簿
         * @description A book of more than 1,000 orders may be some seconds old: /events says what changed. 报单较多时可能滞后数秒，变动见 /events。
         */
        get: operations["readBookOfSlot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/books": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The days that trade, with what waits in each of their books · 可交易日与各订单簿的待出清量
         * @description The next three days, and every other one on which something waits. A book of more than 1,000 orders may be some seconds old: /events says what changed. 报单较多时可能滞后数秒，变动见 /events。
         */
        get: operations["listTradingDays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/challenges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What somebody signs to be known · 登录所需签署的挑战
         * @description Sign the EIP-712 message ReadOwnOrders, or OperateDesk for the purpose desk, (address trader,uint64 expiry,bytes32 challenge) in the market's domain, within five minutes.
         */
        post: operations["askForChallenge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/documents/{document}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is here of a document, and what is missing · 文件的存储情况 */
        get: operations["readStoredDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/documents/{document}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ciphertext, or a range of it · 下载密文 */
        get: operations["fetchDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/documents/{document}/envelope": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The envelope of who asks · 本人的信封 */
        get: operations["fetchEnvelope"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/documents/{document}/envelopes/{reader}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Hands in the envelope of a reader, as it is anchored · 提交读者的信封 */
        put: operations["storeEnvelope"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/documents/{document}/parts/{part}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Hands in 1 MiB of a ciphertext · 提交一段密文
         * @description Parts come in any order, and again after a break; all but the last have 1,048,576 bytes. With the last the whole is compared with the chain.
         */
        put: operations["storeDocumentPart"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/documents/challenges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What an account signs to be handed its documents · 获取文件所需签署的挑战
         * @description Sign the EIP-712 message FetchOwnDocuments(address account,uint64 expiry,bytes32 challenge) in the domain of DocumentRegistry, within five minutes.
         */
        post: operations["askForReadingChallenge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/documents/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hands in a signed challenge · 提交已签署的挑战 */
        post: operations["openReadingSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happens, as it happens (server-sent events) · 实时事件
         * @description "book" when an order comes or goes, "round" when a book is cleared or submitted, "order" where an order stands and how far it is filled, "proposal" where a bilateral trade stands, "trade" when one is opened, settled, lapsed or ruled on, "reading" when a meter's day is reported, final, corrected or lapsed. Those of a zone and date if they are named; with a trader, orders and proposals are that trader's alone. Each has an id: who names the last one as Last-Event-ID gets what came after it, or an event "missed" where that is not known any more: then read again what you need.
         */
        get: operations["listen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process runs, and which trades it runs · 存活检查 */
        get: operations["isRunning"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hours/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When what can be done for a delivery day · 交割日的申报、截止与关闸时间 */
        get: operations["readHours"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/intake": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether orders are taken · 是否接收报单 */
        get: operations["readIntake"];
        put?: never;
        /** Stops taking orders, with a reason in both languages, or goes on · 暂停或恢复接收报单 */
        post: operations["changeIntake"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures for Prometheus · 监控指标 */
        get: operations["readMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Names of participants, each with what proves it · 参与方名称及其证明
         * @description For participants who signed in, and for everybody where OPERATOR_NAMES says so. keccak256 of a sheet is the participant's credentialHash on chain, or the entry is old or wrong: check it. 请以链上 credentialHash 核对。
         */
        get: operations["listNames"];
        put?: never;
        /** Hands in sheets behind credential hashes, all or none · 提交登记表 */
        post: operations["handInNames"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A trader's orders of a day, latest first · 交易者某日的报单
         * @description For the trader alone, who signs a challenge, or with an API key.
         */
        get: operations["listOrders"];
        put?: never;
        /**
         * Hands in a signed order · 提交已签署的报单
         * @description With dryRun nothing is kept, and the answer is what it would be: then the signature may be left out by who has a session of the trader. 加 dryRun 只核验不保存；持有交易者会话时可不附签名。
         */
        post: operations["handInOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{hash}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where an order stands · 查询报单 */
        get: operations["readOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{hash}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes an order out of the book, by its trader's signature · 凭签名撤单
         * @description Sign the EIP-712 message OrderCancellation(bytes32 order) in the market's domain, until the cut-off of its day. The nonce on the chain stays the trader's own to cancel.
         */
        post: operations["cancelOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A party's proposals, latest first · 某一方的提案
         * @description What has expired is left out. 不含已过期的提案。
         */
        get: operations["listProposals"];
        put?: never;
        /** Hands in one party's signature of a bilateral trade · 提交双边交易一方的签名 */
        post: operations["propose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/proposals/{hash}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a proposal stands · 查询提案 */
        get: operations["readProposal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Batches in quarantine, or taken, latest first · 隔离或已接收的批次 */
        get: operations["listBatches"];
        put?: never;
        /**
         * Hands in a batch of meter readings · 提交电量数据批次
         * @description A batch is taken whole or not at all, and the same bytes are one batch. CSV, best in UTF-8 (UTF-16, GB18030
         *     and windows-1252 are recognised, and what was assumed is said): a header with meter (资产编号), date
         *     (日期), P1 to P96 and, if you like, quality (数据质量: measured 实测 or estimated 估算), then a line for each meter and day; kWh of each quarter of an
         *     hour, rounded half up to whole Wh; no other columns, so that nothing is left out. The asset number is the one whose keccak256 the meter was registered under. A day
         *     that the chain has with another curve is reported again until it is final, and corrected afterwards; of several readings the last that came counts.
         */
        post: operations["handInReadings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readings/days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Meter days that came and are not on the chain as they came · 已收到但尚未上链的计量日
         * @description By day and meter. What is missing, reported, final, corrected or objected to, the index knows. 缺失、已上报、定稿、更正与异议见索引。
         */
        get: operations["listMeterDaysNotOnChain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readings/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which readings wait to be reported or corrected, and which were · 待上报的电量数据
         * @description Kinds: report, correct, lapse, record.
         */
        get: operations["listReadingTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether requests can be taken · 就绪检查 */
        get: operations["isReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was cleared for any zone and day, latest first · 最近的出清结果 */
        get: operations["listLatestRounds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{zone}/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was cleared for a zone and day, oldest first · 出清结果 */
        get: operations["listRounds"];
        put?: never;
        /** Clears what has closed and waits, again where nothing of it was opened · 出清已截止的订单簿 */
        post: operations["clearRounds"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rounds/{zone}/{date}/{round}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The book of an auction as it was cleared, once the day's gate has closed · 关闸后公布集中出清的全部报单
         * @description In the order of arrival, with signatures: with `clearing` of the round, anybody clears it again (sdk: recomputeRound). 含签名，任何人可复算。
         */
        get: operations["listRoundOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hands in a signed challenge · 提交已签署的挑战 */
        post: operations["openSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/statements/{participant}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What delivery days came to for a participant, by day and by meter · 多日清单
         * @description At most 31 days, each of which counts as a question.
         */
        get: operations["readStatements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/statements/{participant}/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a delivery day came to for a participant · 日清单 */
        get: operations["readStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/submissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The journal of what was sent to the chain, latest first · 上链日志 */
        get: operations["listSubmissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the keeper has to do, does and did · 自动任务
         * @description Kinds: finalise, finaliseRoot, lapse, settle, release, claimKwh, mintSurplus, adjust, collect, markOverdue, declareDefault, releaseBid.
         */
        get: operations["listTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Alert: {
            /** @example TasksFailing */
            code: string;
            figures: {
                [key: string]: string | number;
            };
            /** @description what is wrong */
            sentences: {
                en: string;
                zh: string;
            };
            /** @description what to do about it */
            step: {
                en: string;
                zh: string;
            };
        };
        Alerts: {
            alerts: components["schemas"]["Alert"][];
        };
        Band: {
            energyWh: number;
            fromSlot: number;
            price: number;
            toSlot: number;
        };
        Batch: {
            /** @description what was assumed about how the bytes are written, if anything */
            assumed: string | null;
            /** @description SHA-256 of the bytes */
            batch: string;
            /** @description of a batch in quarantine those whose meter and date could be read */
            meterDays: number;
            /** @description the file, or the API key that sent it */
            origin: string;
            /** @description why it is in quarantine, the first 200 */
            reasons: {
                /** @description asset number as written */
                meter: string | null;
                /** @description line of the CSV, or which of the readings, from 1 on */
                place: number | null;
                sentence: string;
                slot: number | null;
            }[];
            receivedAt: string;
            /** @enum {string} */
            state: "taken" | "quarantined";
        };
        BatchPage: {
            batches: components["schemas"]["Batch"][];
            /** @description cursor of the next page; null if this is the last */
            next: string | null;
        };
        /** @description Best prices first; energy in Wh, prices in fen per MWh. */
        Book: {
            buys: components["schemas"]["Level"][];
            /**
             * Format: date
             * @example 2026-11-24
             */
            date: string;
            paymentDays: number;
            sells: components["schemas"]["Level"][];
            slot: number;
            zone: number;
        };
        CancelledOrder: {
            /** @example 0x6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f */
            hash: string;
            note: string;
            /** @enum {string} */
            state: "cancelled";
        };
        Challenge: {
            /** @example 0x6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f */
            challenge: string;
            /** @description Unix second */
            expiry: number;
            /**
             * @description ownOrders: a trader's own; desk: what the account's roles on chain allow
             * @default ownOrders
             * @enum {string}
             */
            purpose: "ownOrders" | "desk";
            /** @example 0x70997970c51812dc3a010c7d01b50e0d17dc79c8 */
            trader: string;
        };
        CheckedOrder: {
            /** @example 0x6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f */
            hash: string;
            /** @description what it can draw of the trader's margin at most, fen */
            lockedFen: string;
            /** @enum {string} */
            state: "keepable";
            /** @description what it can come to owe at most, fen */
            termsFen: string;
            zone: number;
        };
        /** @description The 96 slots of a day; best prices first, energy in Wh, prices in fen per MWh. */
        DayBook: {
            /**
             * Format: date
             * @example 2026-11-24
             */
            date: string;
            paymentDays: number;
            slots: {
                buys: components["schemas"]["Level"][];
                sells: components["schemas"]["Level"][];
                slot: number;
            }[];
            zone: number;
        };
        Envelope: {
            /** @example 0x6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f */
            envelope: string;
        };
        Failure: {
            error: {
                /** @example InsufficientFree */
                code: string;
                figures: {
                    [key: string]: unknown;
                };
                requestId: string;
                /** @description in the language of the answer */
                sentence: string;
                sentences: {
                    en: string;
                    zh: string;
                };
            };
        };
        Hours: {
            /** @description the book closes, and its auctions open */
            cutOff: number;
            /**
             * Format: date
             * @example 2026-11-24
             */
            date: string;
            /** @description nothing of the day opens any more */
            gate: number;
            /** @description on the chain */
            now: number;
            /** @description Unix second */
            opensAt: number;
            /** @description the last order is taken before */
            ordersUntil: number;
        };
        Intake: {
            isPaused: boolean;
            /** @description in the language of the answer */
            reason: string | null;
            since: string | null;
        };
        KeptOrder: {
            /** @example 0x6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f */
            hash: string;
            receivedAt: string;
            /** @enum {string} */
            state: "open" | "filled" | "cancelled" | "expired" | "dropped";
        };
        Level: {
            energyWh: string;
            orders: number;
            price: number;
        };
        MeterDayNotOnChain: {
            /** @description SHA-256 of its bytes */
            batch: string;
            /**
             * Format: date
             * @example 2026-11-24
             */
            date: string;
            meter: string;
            /**
             * @description what came last is in quarantine, or waits to be sent
             * @enum {string}
             */
            state: "quarantined" | "waiting";
        };
        MeterDayNotOnChainPage: {
            days: components["schemas"]["MeterDayNotOnChain"][];
            /** @description cursor of the next page; null if this is the last */
            next: string | null;
        };
        NameEntry: {
            /**
             * @description that the sheet makes; compare it with the chain's
             * @example 0x6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f
             */
            credentialHash: string;
            handedInAt: string;
            participant: number;
            /** @description the text behind the hash, byte for byte */
            sheet: string;
        };
        NamePage: {
            names: components["schemas"]["NameEntry"][];
            /** @description cursor of the next page; null if this is the last */
            next: string | null;
        };
        Order: {
            /** @description Half-open stretches of slots; energy in Wh a slot, price in fen per MWh. */
            bands: components["schemas"]["Band"][];
            /** @description Whether it may match before the auction. */
            continuous: boolean;
            /**
             * Format: date
             * @example 2026-11-24
             */
            date: string;
            /** @description Why its book was cleared without it. */
            dropped: {
                reason: string;
                sentence: string;
            } | null;
            /** @example 250000 */
            expiry: string;
            /** @description One value a slot. */
            filled: number[] | null;
            filledWh: string;
            greenCertificates: boolean;
            /** @example 0x6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f */
            hash: string;
            legs: {
                energyWh: string;
                reason: string | null;
                round: number;
                /** @description the reason in the reader's language */
                sentence: string | null;
                /** @enum {string} */
                state: "pending" | "submitted" | "opened" | "skipped";
                trade: number | null;
            }[];
            /** @example 250000 */
            maxFen: string;
            /** @example 250000 */
            meter: string;
            nonce: number;
            paymentDays: number;
            receivedAt: string;
            /** @enum {string} */
            side: "sell" | "buy";
            /** @enum {string} */
            state: "open" | "filled" | "cancelled" | "expired" | "dropped";
            /** @example 250000 */
            totalAmountFen: string;
            /** @example 250000 */
            totalEnergyWh: string;
            /** @example 0x70997970c51812dc3a010c7d01b50e0d17dc79c8 */
            trader: string;
            usedFen: string;
            zone: number;
        };
        OrderPage: {
            /** @description cursor of the next page; null if this is the last */
            next: string | null;
            orders: components["schemas"]["Order"][];
        };
        /** @description Complete: anybody can hand trade and signatures to TradeEscrow.open. */
        Proposal: {
            buyerSignature: string | null;
            /** @example 0x6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f */
            hash: string;
            receivedAt: string;
            sellerSignature: string | null;
            /** @enum {string} */
            state: "waitsForSeller" | "waitsForBuyer" | "complete";
            trade: components["schemas"]["Trade"];
        };
        ProposalPage: {
            /** @description cursor of the next page; null if this is the last */
            next: string | null;
            proposals: components["schemas"]["Proposal"][];
        };
        PublishedOrder: {
            /** @description Wh per slot that it could still trade */
            energy: number[];
            order: components["schemas"]["SignedOrder"];
            /** @description the participant that traded its meter */
            owner: number;
        };
        RangeStatement: {
            /** @description of each day on which there is a line */
            days: {
                /**
                 * Format: date
                 * @example 2026-11-24
                 */
                date: string;
                isFinal: boolean;
                lines: {
                    buyerMeter: string;
                    /**
                     * @description minted to the buyer of what was delivered; the rest anybody can claim for the buyer
                     * @example 900000
                     */
                    claimedWh: string | null;
                    /**
                     * @description Wh
                     * @example 900000
                     */
                    contractedWh: string;
                    /**
                     * @description Wh
                     * @example 900000
                     */
                    deliveredWh: string | null;
                    /**
                     * @description Wh
                     * @example 900000
                     */
                    deviationWh: string | null;
                    payments: {
                        /**
                         * @description fen
                         * @example 30030
                         */
                        amountFen: string;
                        /** @description number of the debt that it became, or was taken back from */
                        debt: string | null;
                        /**
                         * Format: date
                         * @description null if it was paid out of the hold at settlement
                         * @example 2026-11-24
                         */
                        dueDate: string;
                        /** @enum {string} */
                        item: "energy" | "networkCharge" | "deviationCharge";
                        payee: number;
                        payer: number;
                    }[];
                    /** @enum {string} */
                    role: "seller" | "buyer" | "payee";
                    sellerMeter: string;
                    /** @enum {string} */
                    state: "open" | "settled" | "lapsed" | "ruled";
                    trade: string;
                    version: number;
                }[];
                participant: number;
                totals: components["schemas"]["StatementTotals"];
            }[];
            /** @description what became owed by these lines, as it stands now */
            debts: {
                /**
                 * @description fen
                 * @example 30030
                 */
                amountFen: string;
                /** @enum {string} */
                code: "None" | "EnergyOnTerms" | "LateInvoice" | "NetworkCharge" | "DeviationCharge" | "Adjustment" | "ConfirmedClaim" | "MonthlyDeviation" | "Statement" | "Guarantee" | "Award" | "BuyBack" | "Instalment";
                creditor: number;
                debtor: number;
                /**
                 * Format: date
                 * @example 2026-11-24
                 */
                dueDate: string;
                id: string;
                /**
                 * @description late fee due now, fen
                 * @example 30030
                 */
                lateFeeFen: string;
                /** @enum {string} */
                status: "None" | "Outstanding" | "Defaulted" | "Recovering" | "WrittenOff" | "Discharged";
                /**
                 * @description fen
                 * @example 30030
                 */
                unpaidFen: string;
            }[];
            /**
             * Format: date
             * @example 2026-11-24
             */
            from: string;
            isFinal: boolean;
            /** @description of what was sold or bought for each of the participant's meters */
            meters: {
                meter: string;
                totals: components["schemas"]["StatementTotals"];
            }[];
            participant: number;
            /**
             * Format: date
             * @example 2026-11-24
             */
            to: string;
            totals: components["schemas"]["StatementTotals"];
        };
        ReadingChallenge: {
            /** @example 0x70997970c51812dc3a010c7d01b50e0d17dc79c8 */
            account: string;
            /** @example 0x6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f */
            challenge: string;
            /** @description Unix second */
            expiry: number;
        };
        ReadingsBatch: {
            readings: {
                /**
                 * Format: date
                 * @example 2026-11-22
                 */
                date: string;
                /** @description 96 values, 00:00-00:15 first; text keeps more than 15 digits exact */
                kWh: (number | string | null)[];
                /**
                 * @description asset number
                 * @example 5130001234567
                 */
                meter: string;
                /**
                 * @default measured
                 * @enum {string}
                 */
                quality: "measured" | "estimated";
            }[];
        };
        ReadingSession: {
            /** @description Unix second */
            expiry: number;
            token: string;
        };
        Round: {
            clearedAt: string;
            /** @description by what an auction was cleared */
            clearing: {
                /** @example 0x6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f */
                blockHash: string;
                cap: number;
                floor: number;
                /** @description whether the chain had its prices already */
                isPriced: boolean;
                lotWh: number;
                /** @enum {string} */
                rule: "middle" | "marginalSell" | "marginalBuy" | "lastPair";
                /** @example 0x6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f */
                seed: string;
            } | null;
            /**
             * Format: date
             * @example 2026-11-24
             */
            date: string;
            energyWh: string;
            /** @enum {string} */
            matching: "auction" | "continuous";
            paymentDays: number;
            /** @description One value a slot. */
            price: number[];
            round: number;
            skipped: {
                /** @example 0x6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f */
                buyOrder: string;
                reason: string;
                /** @example 0x6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f */
                sellOrder: string;
                sentence: string;
            }[];
            /** @enum {string} */
            state: "cleared" | "submitted" | "clearedAgain";
            trades: number[];
            waiting: number;
            zone: number;
        };
        RoundOrderPage: {
            /** @description cursor of the next page; null if this is the last */
            next: string | null;
            orders: components["schemas"]["PublishedOrder"][];
        };
        RoundPage: {
            /** @description cursor of the next page; null if this is the last */
            next: string | null;
            rounds: components["schemas"]["Round"][];
        };
        Session: {
            /** @description Unix second */
            expiry: number;
            /** @description of the account, for the desk */
            roles: ("MARKET_OPERATOR" | "METER_OPERATOR" | "REGISTRAR" | "COMPLIANCE" | "RULE_MAKER" | "ARBITER" | "GUARDIAN")[];
            token: string;
        };
        SignedOrder: {
            /** @description Half-open stretches of slots; energy in Wh a slot, price in fen per MWh. */
            bands: components["schemas"]["Band"][];
            /** @description Whether it may match before the auction. */
            continuous: boolean;
            /**
             * Format: date
             * @example 2026-11-24
             */
            date: string;
            /** @example 250000 */
            expiry: string;
            greenCertificates: boolean;
            /** @example 250000 */
            maxFen: string;
            /** @example 250000 */
            meter: string;
            nonce: number;
            paymentDays: number;
            /** @enum {string} */
            side: "sell" | "buy";
            /**
             * @description Left out if the order was signed on chain.
             * @example 0x5f…1b
             */
            signature?: string;
            /** @example 250000 */
            totalAmountFen: string;
            /** @example 250000 */
            totalEnergyWh: string;
            /** @example 0x70997970c51812dc3a010c7d01b50e0d17dc79c8 */
            trader: string;
        };
        SignedTrade: {
            /** @example 0x5f…1b */
            signature: string;
            /** @example 0x70997970c51812dc3a010c7d01b50e0d17dc79c8 */
            signer: string;
            trade: components["schemas"]["Trade"];
        };
        Statement: {
            /**
             * Format: date
             * @example 2026-11-24
             */
            date: string;
            /** @description what became owed by these lines, as it stands now */
            debts: {
                /**
                 * @description fen
                 * @example 30030
                 */
                amountFen: string;
                /** @enum {string} */
                code: "None" | "EnergyOnTerms" | "LateInvoice" | "NetworkCharge" | "DeviationCharge" | "Adjustment" | "ConfirmedClaim" | "MonthlyDeviation" | "Statement" | "Guarantee" | "Award" | "BuyBack" | "Instalment";
                creditor: number;
                debtor: number;
                /**
                 * Format: date
                 * @example 2026-11-24
                 */
                dueDate: string;
                id: string;
                /**
                 * @description late fee due now, fen
                 * @example 30030
                 */
                lateFeeFen: string;
                /** @enum {string} */
                status: "None" | "Outstanding" | "Defaulted" | "Recovering" | "WrittenOff" | "Discharged";
                /**
                 * @description fen
                 * @example 30030
                 */
                unpaidFen: string;
            }[];
            isFinal: boolean;
            lines: {
                buyerMeter: string;
                /**
                 * @description minted to the buyer of what was delivered; the rest anybody can claim for the buyer
                 * @example 900000
                 */
                claimedWh: string | null;
                /**
                 * @description Wh
                 * @example 900000
                 */
                contractedWh: string;
                /**
                 * @description Wh
                 * @example 900000
                 */
                deliveredWh: string | null;
                /**
                 * @description Wh
                 * @example 900000
                 */
                deviationWh: string | null;
                payments: {
                    /**
                     * @description fen
                     * @example 30030
                     */
                    amountFen: string;
                    /** @description number of the debt that it became, or was taken back from */
                    debt: string | null;
                    /**
                     * Format: date
                     * @description null if it was paid out of the hold at settlement
                     * @example 2026-11-24
                     */
                    dueDate: string;
                    /** @enum {string} */
                    item: "energy" | "networkCharge" | "deviationCharge";
                    payee: number;
                    payer: number;
                }[];
                /** @enum {string} */
                role: "seller" | "buyer" | "payee";
                sellerMeter: string;
                /** @enum {string} */
                state: "open" | "settled" | "lapsed" | "ruled";
                trade: string;
                version: number;
            }[];
            participant: number;
            totals: components["schemas"]["StatementTotals"];
        };
        StatementTotals: {
            /**
             * @description Wh
             * @example 900000
             */
            boughtWh: string;
            /**
             * @description Wh
             * @example 900000
             */
            claimableWh: string;
            /**
             * @description Wh
             * @example 900000
             */
            claimedWh: string;
            /**
             * @description fen
             * @example 30030
             */
            netFen: string;
            /**
             * @description fen
             * @example 30030
             */
            paidFen: string;
            /**
             * @description fen
             * @example 30030
             */
            payableFen: string;
            /**
             * @description fen
             * @example 30030
             */
            receivableFen: string;
            /**
             * @description fen
             * @example 30030
             */
            receivedFen: string;
            /**
             * @description Wh
             * @example 900000
             */
            soldWh: string;
        };
        StoredDocument: {
            /** @example 0x6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f */
            document: string;
            /** @description parts of 1 MiB that are still to come, from 0 on */
            missing: number[];
            size: number;
        };
        Submission: {
            block: number | null;
            endedAt: string | null;
            gasUsed: number | null;
            /** @example 0x6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f */
            hash: string;
            id: number;
            nonce: number;
            reason: string | null;
            round: number;
            sender: string;
            signedAt: string;
            /** @enum {string} */
            state: "signed" | "sent" | "sealed" | "reverted" | "lost";
        };
        SubmissionPage: {
            /** @description cursor of the next page; null if this is the last */
            next: string | null;
            submissions: components["schemas"]["Submission"][];
        };
        Task: {
            attempts: number;
            createdAt: string;
            /** @description Unix second on the chain; 0 = at once */
            dueAt: number;
            endedAt: string | null;
            kind: string;
            /** @description what it came to, or why it failed last */
            note: string | null;
            retryAt: string;
            /** @enum {string} */
            state: "waiting" | "sent" | "done";
            /** @description meter/day in days since 1970, or the number of a settlement, debt, receivable or bid */
            subject: string;
            transaction: string | null;
        };
        TaskPage: {
            /** @description cursor of the next page; null if this is the last */
            next: string | null;
            tasks: components["schemas"]["Task"][];
        };
        Trade: {
            /** @description Half-open stretches of slots; energy in Wh a slot, price in fen per MWh. */
            bands: components["schemas"]["Band"][];
            /** @example 0x70997970c51812dc3a010c7d01b50e0d17dc79c8 */
            buyer: string;
            /** @example 250000 */
            buyerMeter: string;
            /**
             * Format: date
             * @example 2026-11-24
             */
            date: string;
            /** @example 250000 */
            expiry: string;
            greenCertificates: boolean;
            /** @example 250000 */
            maxBondFen: string;
            /** @example 250000 */
            maxPaymentFen: string;
            nonce: number;
            paymentDays: number;
            /** @example 0x70997970c51812dc3a010c7d01b50e0d17dc79c8 */
            seller: string;
            /** @example 250000 */
            sellerMeter: string;
            /** @example 250000 */
            totalAmountFen: string;
            /** @example 250000 */
            totalEnergyWh: string;
        };
        /** @description What waits in each book of a day, and when the day closes. */
        TradingDay: {
            books: {
                buys: {
                    energyWh: string;
                    orders: number;
                };
                paymentDays: number;
                sells: {
                    energyWh: string;
                    orders: number;
                };
                /** @description trades that are cleared and not on the chain yet */
                toOpen: number;
                zone: number;
            }[];
            /** @description the book closes, and its auctions open */
            cutOff: number;
            /**
             * Format: date
             * @example 2026-11-24
             */
            date: string;
            /** @description nothing of the day opens any more */
            gate: number;
            /** @description on the chain */
            now: number;
            /** @description Unix second */
            opensAt: number;
            /** @description the last order is taken before */
            ordersUntil: number;
        };
        TradingDayPage: {
            days: components["schemas"]["TradingDay"][];
            /** @description cursor of the next page; null if this is the last */
            next: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAlerts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, none if all is well */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alerts"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description An API key of the operator, or a session, is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    readBookOfDay: {
        parameters: {
            query?: {
                /** @description as many of the best prices of each side */
                levels?: number | null;
                /** @description 0 = cash; terms are books apart */
                paymentDays?: number | null;
            };
            header?: never;
            path: {
                date: string;
                zone: number | null;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The books */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DayBook"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    readBookOfSlot: {
        parameters: {
            query?: {
                /** @description 0 = cash; terms are books apart */
                paymentDays?: number | null;
            };
            header?: never;
            path: {
                date: string;
                slot: number | null;
                zone: number | null;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The book */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Book"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    listTradingDays: {
        parameters: {
            query?: {
                /** @description next of the page before */
                cursor?: string;
                /** @description rows of a page at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TradingDayPage"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    askForChallenge: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description ownOrders: a trader's own; desk: what the account's roles on chain allow
                     * @default ownOrders
                     * @enum {string}
                     */
                    purpose?: "ownOrders" | "desk";
                    /** @example 0x70997970c51812dc3a010c7d01b50e0d17dc79c8 */
                    trader: string;
                };
            };
        };
        responses: {
            /** @description To be signed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Challenge"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The chain would refuse it; reason and figures of the moment */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    readStoredDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is whole where nothing is missing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredDocument"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description An API key of the operator, or a session, is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The chain would refuse it; reason and figures of the moment */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    fetchDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The range asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description An API key of the operator, or a session, is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The chain would refuse it; reason and figures of the moment */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    fetchEnvelope: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description For its reader's key */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description An API key of the operator, or a session, is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The chain would refuse it; reason and figures of the moment */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    storeEnvelope: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document: string;
                reader: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example 0x6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f */
                    envelope: string;
                };
            };
        };
        responses: {
            /** @description It is here */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example 0x6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f */
                        envelope: string;
                    };
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description An API key of the operator, or a session, is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The chain would refuse it; reason and figures of the moment */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    storeDocumentPart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document: string;
                part: number | null;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description What is here now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredDocument"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description An API key of the operator, or a session, is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The chain would refuse it; reason and figures of the moment */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    askForReadingChallenge: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example 0x70997970c51812dc3a010c7d01b50e0d17dc79c8 */
                    account: string;
                };
            };
        };
        responses: {
            /** @description To be signed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadingChallenge"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The chain would refuse it; reason and figures of the moment */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    openReadingSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example 0x70997970c51812dc3a010c7d01b50e0d17dc79c8 */
                    account: string;
                    /** @example 0x6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f */
                    challenge: string;
                    /** @description Unix second */
                    expiry: number;
                    signature: string;
                };
            };
        };
        responses: {
            /** @description Send the token as a bearer, for an hour */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadingSession"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description An API key of the operator, or a session, is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The chain would refuse it; reason and figures of the moment */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    listen: {
        parameters: {
            query?: {
                date?: string;
                /** @description Of book, round, trade, order, proposal, reading; all if none is named. */
                topic?: string;
                trader?: string;
                zone?: number | null;
            };
            header?: {
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description An API key of the operator, or a session, is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    isRunning: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description such as that no orders are taken */
                        notices: string[];
                        /** @enum {boolean} */
                        running: true;
                        trades: string[];
                    };
                };
            };
        };
    };
    readHours: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                date: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By the rules in force */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hours"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    readIntake: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether they are */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Intake"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    changeIntake: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: {
                        en: string;
                        zh: string;
                    } | null;
                };
            };
        };
        responses: {
            /** @description How it stands now; a reason of null goes on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Intake"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description An API key of the operator, or a session, is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The chain would refuse it; reason and figures of the moment */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    readMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Figures */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    listNames: {
        parameters: {
            query?: {
                /** @description next of the page before */
                cursor?: string;
                /** @description rows of a page at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NamePage"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description An API key of the operator, or a session, is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    handInNames: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    sheets: string[];
                };
            };
        };
        responses: {
            /** @description How many participants have a name by them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        names: number;
                    };
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description An API key of the operator, or a session, is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The chain would refuse it; reason and figures of the moment */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    listOrders: {
        parameters: {
            query: {
                /** @description next of the page before */
                cursor?: string;
                date: string;
                /** @description rows of a page at most */
                limit?: number;
                trader: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderPage"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description An API key of the operator, or a session, is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    handInOrder: {
        parameters: {
            query?: {
                /** @description Checks the order and keeps nothing. */
                dryRun?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignedOrder"];
            };
        };
        responses: {
            /** @description The same order was kept before, or a dry run would keep it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptOrder"] | components["schemas"]["CheckedOrder"];
                };
            };
            /** @description Kept */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptOrder"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description An API key of the operator, or a session, is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Something else is in its place */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The chain would refuse it; reason and figures of the moment */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    readOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hash: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    cancelOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hash: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example 0x5f…1b */
                    signature: string;
                };
            };
        };
        responses: {
            /** @description Out of the book */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancelledOrder"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Something else is in its place */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The chain would refuse it; reason and figures of the moment */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    listProposals: {
        parameters: {
            query: {
                /** @description next of the page before */
                cursor?: string;
                /** @description rows of a page at most */
                limit?: number;
                party: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalPage"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    propose: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignedTrade"];
            };
        };
        responses: {
            /** @description Where the proposal stands */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proposal"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The chain would refuse it; reason and figures of the moment */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    readProposal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hash: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The proposal */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proposal"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    listBatches: {
        parameters: {
            query?: {
                /** @description next of the page before */
                cursor?: string;
                /** @description rows of a page at most */
                limit?: number;
                state?: "taken" | "quarantined";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchPage"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description An API key of the operator, or a session, is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    handInReadings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadingsBatch"];
                "text/csv": string;
            };
        };
        responses: {
            /** @description The same batch was taken before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            /** @description Taken */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description An API key of the operator, or a session, is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The chain would refuse it; reason and figures of the moment */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    listMeterDaysNotOnChain: {
        parameters: {
            query: {
                /** @description next of the page before */
                cursor?: string;
                /** @description the first day */
                from: string;
                /** @description the first meter */
                fromMeter?: string;
                /** @description rows of a page at most */
                limit?: number;
                /** @description the last day */
                to: string;
                /** @description the last meter */
                toMeter?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeterDayNotOnChainPage"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description An API key of the operator, or a session, is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    listReadingTasks: {
        parameters: {
            query?: {
                /** @description next of the page before */
                cursor?: string;
                /** @description rows of a page at most */
                limit?: number;
                state?: "waiting" | "sent" | "done";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them: what waits by the time it is due, what was done latest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPage"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    isReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They can */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ready: boolean;
                        reason?: string;
                        warnings?: string[];
                    };
                };
            };
            /** @description Not now; the reason */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ready: boolean;
                        reason?: string;
                        warnings?: string[];
                    };
                };
            };
        };
    };
    listLatestRounds: {
        parameters: {
            query?: {
                /** @description next of the page before */
                cursor?: string;
                /** @description rows of a page at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of rounds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoundPage"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    listRounds: {
        parameters: {
            query?: {
                /** @description next of the page before */
                cursor?: string;
                /** @description rows of a page at most */
                limit?: number;
            };
            header?: never;
            path: {
                date: string;
                zone: number | null;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of rounds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoundPage"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    clearRounds: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                date: string;
                zone: number | null;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rounds, none if nothing met */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rounds: number[];
                    };
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description An API key of the operator, or a session, is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    listRoundOrders: {
        parameters: {
            query?: {
                /** @description next of the page before */
                cursor?: string;
                /** @description rows of a page at most */
                limit?: number;
            };
            header?: never;
            path: {
                date: string;
                round: number;
                zone: number | null;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoundOrderPage"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Something else is in its place */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    openSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example 0x6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f */
                    challenge: string;
                    /** @description Unix second */
                    expiry: number;
                    /**
                     * @description ownOrders: a trader's own; desk: what the account's roles on chain allow
                     * @default ownOrders
                     * @enum {string}
                     */
                    purpose?: "ownOrders" | "desk";
                    /** @example 0x5f…1b */
                    signature: string;
                    /** @example 0x70997970c51812dc3a010c7d01b50e0d17dc79c8 */
                    trader: string;
                };
            };
        };
        responses: {
            /** @description Send the token as a bearer, for an hour */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description An API key of the operator, or a session, is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The message is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description The chain would refuse it; reason and figures of the moment */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    readStatements: {
        parameters: {
            query: {
                as?: "json" | "csv";
                from: string;
                /** @description Only of trades from or to these meters. */
                meters?: string;
                to: string;
            };
            header?: never;
            path: {
                participant: number | null;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Contract, delivered, deviation, amounts; out of the chain's logs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RangeStatement"];
                    "text/csv": string;
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    readStatement: {
        parameters: {
            query?: {
                as?: "json" | "csv" | "page";
            };
            header?: never;
            path: {
                date: string;
                participant: number | null;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Contract, delivered, deviation, amounts; out of the chain's logs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statement"];
                    "text/csv": string;
                    "text/html": string;
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    listSubmissions: {
        parameters: {
            query?: {
                /** @description next of the page before */
                cursor?: string;
                /** @description rows of a page at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubmissionPage"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description An API key of the operator, or a session, is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    listTasks: {
        parameters: {
            query?: {
                /** @description next of the page before */
                cursor?: string;
                /** @description rows of a page at most */
                limit?: number;
                state?: "waiting" | "sent" | "done";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them: what waits by the time it is due, what was done latest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPage"];
                };
            };
            /** @description A field is wrong; the sentence names it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Too many messages */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            /** @description Chain or database do not answer at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
}
