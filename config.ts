import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Type, type Static, type TObject, type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { namesOf } from './api/access/lists.ts'
import { accessFaults, accessVariables } from './api/access/variables.ts'
import { telephonyVariables } from './api/telephony/variables.ts'
import { networkFault } from './deliveries/webhook/targets.ts'

const port = (fallback: number, description: string) =>
  Type.Integer({ minimum: 1, maximum: 65_535, default: fallback, description })
const count = (fallback: number, description: string, maximum = Number.MAX_SAFE_INTEGER) =>
  Type.Integer({ minimum: 1, maximum, default: fallback, description })
const between = (minimum: number, maximum: number, fallback: number, description: string) =>
  Type.Integer({ minimum, maximum, default: fallback, description })
const flag = (fallback: boolean, description: string) => Type.Boolean({ default: fallback, description })
const text = (fallback: string, description: string) => Type.String({ default: fallback, description })
const optional = (description: string, options: { readonly pattern?: string } = {}) =>
  Type.Optional(Type.String({ minLength: 1, description, ...options }))

/** Every variable that the platform reads, with its meaning and default. Nothing else reads the environment. */
export const variables = Type.Object({
  DATA_DIRECTORY: text('.scoreline', 'Directory of the embedded broker and database, local state and caches.'),

  SCORELINE_EXTENSIONS: optional(
    'Folder with processors, features, schemas, detectors and mappings of your own (docs/extensions.md). Every part must have the same one.',
  ),

  KAFKA_BROKERS: optional(
    'Brokers as host:port, separated by commas. Not set: a real broker is started on this machine.',
  ),
  KAFKA_TLS: flag(false, 'Speak TLS to the brokers.'),
  KAFKA_TLS_CA_FILE: optional("File with the certificate authority of the brokers' certificates (PEM)."),
  KAFKA_TLS_CERTIFICATE_FILE: optional("File with this client's certificate (PEM)."),
  KAFKA_TLS_KEY_FILE: optional("File with this client's private key (PEM)."),
  KAFKA_SASL_MECHANISM: Type.Optional(
    Type.Union([Type.Literal('PLAIN'), Type.Literal('SCRAM-SHA-256'), Type.Literal('SCRAM-SHA-512')], {
      description: 'How to log in to the brokers.',
    }),
  ),
  KAFKA_SASL_USERNAME: optional('User of the brokers.'),
  KAFKA_SASL_PASSWORD: optional('Password of that user.'),
  TOPIC_PREFIX: text(
    '',
    'Prefix of every topic, group and transactional id, so that several deployments can share a cluster.',
  ),
  TOPIC_PARTITIONS: count(
    4,
    'Partitions of every keyed topic; at most so many tasks of a processor work side by side. Never changed later.',
    1_000,
  ),
  TOPIC_REPLICATION: count(
    1,
    'Copies of every topic; 3 on a cluster. A majority of them must have a record before it counts as written: `min.insync.replicas` is set to 2 for 2 or 3 copies, to 3 for 4 or 5. Existing topics are raised to it where they have the copies.',
    10,
  ),
  ACCEPTED_TOPICS: Type.Optional(
    Type.String({
      pattern: '^[^:,\\s]+:[^:,\\s]+(\\s*,\\s*[^:,\\s]+:[^:,\\s]+)*$',
      description:
        'Topics that were deleted and recreated and are to be read from their beginning, as name:id, separated by commas. The error that stops at a replaced topic says what to write here.',
    }),
  ),
  BROKER_PORT: port(9092, 'Port of the broker that is started on this machine.'),

  DATABASE_URL: optional(
    'PostgreSQL, as postgres://user:password@host:port/name. Not set: a real server is started on this machine.',
    { pattern: '^postgres(ql)?://' },
  ),
  DATABASE_PORT: port(5433, 'Port of the PostgreSQL that is started on this machine.'),
  DATABASE_CONNECTIONS_MAX: count(10, 'Connections that one process opens.', 1_000),

  BACKBONE: text(
    'bge-small-zh',
    'Pretrained text encoder: bge-small-zh (Chinese) or all-minilm-l6-v2 (English), or the path of a folder with model.onnx and tokenizer.json of a BERT.',
  ),
  BACKBONE_PRECISION: Type.Union([Type.Literal('int8'), Type.Literal('float32')], {
    default: 'int8',
    description:
      'Precision of the backbone: int8 is four times as fast and slightly less exact than float32; a model is bound to one of them.',
  }),
  TEXT_THREADS: count(1, 'Threads of the backbone in a process.', 64),

  SCORES_RETENTION_DAYS: between(
    0,
    36_500,
    400,
    'Days of score history to keep: months further behind the newest score are dropped; 0: kept forever.',
  ),

  VERIFY_INTERVAL_MINUTES: between(
    0,
    10_080,
    60,
    'How often `scoreline up` verifies a task against its inputs, one after the other; 0: never.',
  ),

  ARCHIVE_DIRECTORY: optional(
    'Folder or s3://BUCKET/PREFIX of the archive, by which old scores are replayed (docs/archive.md). Not set: nothing is archived.',
  ),
  AWS_ENDPOINT_URL_S3: optional(
    'Address of the store that keeps s3:// objects, if it is not AWS. Credentials are those of the AWS SDK (docs/archive.md).',
    { pattern: '^https?://' },
  ),
  ARCHIVE_DAYS: between(1, 36_500, 120, 'Days for which the archive keeps records.'),
  ARCHIVE_INTERVAL_MINUTES: between(
    1,
    45,
    30,
    'How often new records are archived. Compaction leaves records alone for an hour.',
  ),

  SCHEMA_REGISTRY_URL: optional(
    'A Confluent-compatible schema registry. Not set: the API serves the read endpoints of one.',
    { pattern: '^https?://' },
  ),

  API_HOST: text(
    '127.0.0.1',
    'Address on which the API and the page listen. Anything but loopback opens them to the network.',
  ),
  API_PORT: port(8080, 'Port of the API and the page.'),
  ...accessVariables,
  ...telephonyVariables,

  METRICS_HOST: text('127.0.0.1', 'Address of `METRICS_PORT`. Anything but loopback opens it to the network.'),
  METRICS_PORT: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 65_535,
      description:
        'Port of /metrics, /health and /ready where processors, sink or retrainer run alone. Not set: they open none.',
    }),
  ),

  LOG_LEVEL: Type.Union([Type.Literal('info'), Type.Literal('warn'), Type.Literal('error'), Type.Literal('silent')], {
    default: 'info',
    description: 'The least that is logged: info, warn, error, or silent for nothing.',
  }),
  LOG_FORMAT: Type.Optional(
    Type.Union([Type.Literal('json'), Type.Literal('text')], {
      description:
        'How the log is written, on standard error: `json`, an object a line with level, time, msg and fields; `text`, for people. Not set: text in a terminal, JSON elsewhere.',
    }),
  ),

  DELIVERY_SECRETS_DIRECTORY: optional(
    'Folder with a file for each secret that channels name; a variable `DELIVERY_SECRET_<NAME>` goes before it. Read at each use, so that a secret can be replaced while the platform runs.',
  ),
  WEBHOOK_SECRETS_DIRECTORY: optional(
    'Folder with a file for each secret that webhook sources name; a variable `WEBHOOK_SECRET_<NAME>` takes precedence. Read at each request, so that a secret can be replaced while the platform runs.',
  ),
  DELIVERY_ALLOW_PRIVATE: optional(
    'Networks and addresses that webhooks may reach although they are not public, such as 10.1.0.0/16, separated by commas. Not set: none.',
  ),
  DELIVERY_ALLOW_HTTP: flag(false, 'Whether webhooks may go to http addresses: anybody on the way can read them.'),
  DELIVERY_TIMEOUT_MS: count(
    15_000,
    'How long a receiver of a webhook, or a mail server, may take to answer.',
    120_000,
  ),
  DELIVERY_CONCURRENCY: count(8, 'Messages that one process sends to a channel at the same time.', 256),
  DELIVERY_RETRY_FIRST_MS: count(
    5_000,
    'Wait before the second attempt at a delivery. It doubles with each attempt, less a random part of up to half.',
    3_600_000,
  ),
  DELIVERY_RETRY_MAX_MS: count(3_600_000, 'The longest wait between two attempts at a delivery.', 86_400_000),
  DELIVERY_GIVE_UP_HOURS: Type.Number({
    exclusiveMinimum: 0,
    maximum: 8_760,
    default: 72,
    description: 'After so long without success a delivery is dead; it can be sent again by hand.',
  }),
  DELIVERY_RETENTION_DAYS: count(30, 'Days that deliveries are kept after they arrived or died.', 3_650),
  SMTP_URL: optional('The mail server, as smtp://user:password@host:587 or smtps://host:465. Not set: no mails.', {
    pattern: '^smtps?://',
  }),
  SMTP_FROM: optional('Sender of mails, as Scoreline <scoreline@bank.example>.', {
    pattern: '^[^\\r\\n]*@[^\\r\\n]*$',
  }),
  SMTP_TLS_REQUIRED: flag(true, 'Whether nothing is sent to a mail server that does not offer TLS.'),
  SMTP_TLS_CA_FILE: optional("File with the certificate authority of the mail server's certificate (PEM)."),
  PAGE_URL: optional('Where people reach the page, as https://scoreline.bank.example; mails link to it.', {
    pattern: '^https?://',
  }),

  STREAM_THREADS: count(
    1,
    'Threads of one process over which the tasks are spread. `scoreline up` has them beside the main thread, so that the API answers while they work; `scoreline processors` uses the main thread if it is 1.',
    64,
  ),
  COMMIT_INTERVAL_MS: count(
    100,
    'A task commits at most once in so many milliseconds, unless a transaction is full; those for which a call waits (turns), every 20.',
    60_000,
  ),
  COMMITS_PER_SECOND_MAX: count(
    200,
    'Transactions a second of all tasks of one thread together. Beyond it a task waits longer than `COMMIT_INTERVAL_MS` and takes more at once, since a transaction costs more than the few events in it; full transactions and those for which a call waits do not wait.',
    100_000,
  ),
  CHECKPOINT_INTERVAL_MS: count(30_000, "How often a task's state is written to the local store."),
  TRANSACTION_RECORDS_MAX: count(
    20_000,
    'Records that one transaction takes at most; it takes fewer when each is much work.',
    100_000,
  ),
  STATE_CACHE_RECORDS: count(20_000, 'Decoded state records that each task may keep in memory.'),
  FETCH_BUFFER_BYTES: count(8 << 20, 'Bytes fetched ahead, for each processor in each thread.'),
  SESSION_TIMEOUT_MS: between(
    1_000,
    300_000,
    10_000,
    'A process that is silent for so long loses its partitions to the others. The broker may want more: 6000 unless its `group.min.session.timeout.ms` says otherwise.',
  ),
  STANDBY_REPLICAS: between(
    0,
    10,
    0,
    "Copies of each task's state that other processes keep, so that they take its work over at once when its process ends, whatever the size of the state; 0: it is restored from the changelog.",
  ),
  CLOCK_INTERVAL_MS: count(5_000, 'How often time is published as an event, in each partition.'),

  SIMULATE: flag(true, 'Whether the simulated world emits events. They carry the source `simulator`.'),
  SIMULATOR_SEED: Type.Integer({ minimum: 0, default: 20_260, description: 'The same seed gives the same world.' }),
  SIMULATOR_CUSTOMERS: count(600, 'Customers of the simulated world.', 1_000_000),
  SIMULATOR_HISTORY_DAYS: count(90, 'How long the simulated world has existed before it goes live.', 3_650),
  SIMULATOR_SPEED: Type.Number({
    exclusiveMinimum: 0,
    default: 60,
    description: 'How much faster than the wall clock simulated time passes.',
  }),

  RETRAIN_INTERVAL_MS: count(
    300_000,
    'How often the retrainer checks whether new outcomes, drift or the schedule call for a training. One that a person asked for begins within seconds.',
  ),
  RETRAIN_SCHEDULE_HOURS: between(0, 8_760, 24, 'Hours after which a task with a new outcome is retrained; 0: never.'),
  RETRAIN_ON_DRIFT: flag(true, 'Whether a task is retrained when outcomes show that its model no longer fits.'),
  RETRAIN_ROWS_MAX: between(200, 5_000_000, 50_000, 'Labelled rows that a training holds in memory (docs/labels.md).'),
  RETRAIN_TEXT_MS: Type.Integer({
    minimum: 0,
    default: 300_000,
    description:
      'Time that the text model on the backbone may take as a challenger, when retraining, and a minute at most among the first models; it learns in a thread of the lowest priority. 0: it is left out.',
  }),
  RETRAIN_OUTCOMES_MIN: count(200, 'New outcomes of a task after which a challenger is trained.'),
  INTENT_STEP_INTERVAL_MS: count(
    60_000,
    'How often the retrainer looks for newly labelled turns to train the intent model on incrementally.',
  ),
  INTENT_STEP_TURNS: count(
    50,
    'New labelled turns that make up a micro-batch, on which the model in use is trained further.',
  ),
  USE_PROTECTED_ATTRIBUTES: flag(
    true,
    'Whether models may use sex, age and registered place. `false`: they are excluded, and the cost of excluding them is stored with each model.',
  ),
})

export type Variables = Static<typeof variables>

export interface Config extends Variables {
  /** Contents of the TLS files. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string }
}

/** All that is wrong with the configuration, at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The configuration is wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/** Reads the variables; the only place that does. Throws `ConfigError` that names every wrong one. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(
    Object.keys(variables.properties).flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
  )
  const converted = Value.Convert(variables, Value.Default(variables, { ...given })) as Record<string, unknown>
  keepFractions(converted, given)
  const problems = problemsOf(variables, converted, given)
  const tls: { ca?: string; cert?: string; key?: string } = {}
  for (const [name, into] of [
    ['KAFKA_TLS_CA_FILE', 'ca'],
    ['KAFKA_TLS_CERTIFICATE_FILE', 'cert'],
    ['KAFKA_TLS_KEY_FILE', 'key'],
  ] as const) {
    const file = converted[name] as string | undefined
    if (file === undefined) continue
    try {
      tls[into] = readFileSync(file, 'utf8')
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`)
    }
  }
  if ((converted['KAFKA_SASL_MECHANISM'] === undefined) !== (converted['KAFKA_SASL_USERNAME'] === undefined)) {
    problems.push('KAFKA_SASL_MECHANISM and KAFKA_SASL_USERNAME: set both or neither.')
  }
  if ((converted['TWILIO_AUTH_TOKEN'] === undefined) !== (converted['CONVERSATION_RELAY_URL'] === undefined)) {
    problems.push('TWILIO_AUTH_TOKEN and CONVERSATION_RELAY_URL: set both or neither.')
  }
  problems.push(...accessFaults(converted as Variables))
  const networks = networksOf(converted as Pick<Variables, 'DELIVERY_ALLOW_PRIVATE'>)
  problems.push(
    ...networks.flatMap((one) => networkFault(one) ?? []).map((fault) => `DELIVERY_ALLOW_PRIVATE: ${fault}`),
  )
  if (problems.length > 0) throw new ConfigError(problems)
  const config = converted as Variables
  return config.KAFKA_TLS ? { ...config, tls } : config
}

/**
 * How to log, also that the configuration is wrong: what is given and right of it. `readConfig` reports what is not.
 */
export function readLogSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Pick<Variables, 'LOG_LEVEL' | 'LOG_FORMAT'> {
  const { LOG_LEVEL: level, LOG_FORMAT: format } = environment
  const { LOG_LEVEL, LOG_FORMAT } = variables.properties
  return {
    LOG_LEVEL: Value.Check(LOG_LEVEL, level) ? level : 'info',
    ...(Value.Check(LOG_FORMAT, format) ? { LOG_FORMAT: format } : {}),
  }
}

/** How call systems connect to the API. */
export function telephonySettingsOf(config: Variables) {
  const { TWILIO_AUTH_TOKEN: authToken, CONVERSATION_RELAY_URL: url } = config
  return {
    jambonzToken: config.JAMBONZ_TOKEN,
    conversationRelay: authToken === undefined || url === undefined ? undefined : { authToken, url },
    language: config.TELEPHONY_LANGUAGE,
    transfer: config.TELEPHONY_TRANSFER,
  }
}

/** The networks of `DELIVERY_ALLOW_PRIVATE`. */
export function networksOf({ DELIVERY_ALLOW_PRIVATE: list }: Pick<Variables, 'DELIVERY_ALLOW_PRIVATE'>): string[] {
  return namesOf(list ?? '')
}

type Environment = Readonly<Record<string, string | undefined>>

/** A secret that a channel names, as it is now; `undefined`: it is not set. */
export function readSecret(config: Variables, name: string, environment: Environment = process.env) {
  return secretNamed(name, environment[`DELIVERY_SECRET_${name}`], config.DELIVERY_SECRETS_DIRECTORY)
}

/** Returns the secret that a webhook source names, as it is now; `undefined` if it is not set. */
export function readWebhookSecret(config: Variables, name: string, environment: Environment = process.env) {
  return secretNamed(name, environment[`WEBHOOK_SECRET_${name}`], config.WEBHOOK_SECRETS_DIRECTORY)
}

/** Returns the variable's value, or the content of the file of that name. Names have no path characters. */
function secretNamed(name: string, value: string | undefined, folder: string | undefined): string | undefined {
  if (value !== undefined && value !== '') return value
  if (folder === undefined || !/^[A-Za-z0-9_-]+$/.test(name)) return undefined
  try {
    return readFileSync(join(folder, name), 'utf8').trim()
  } catch {
    return undefined
  }
}

/** The conversion cuts a fraction off where a whole number is wanted, and nobody would hear of it. */
function keepFractions(converted: Record<string, unknown>, given: Readonly<Record<string, string | undefined>>): void {
  for (const [name, text] of Object.entries(given)) {
    if (typeof converted[name] === 'number' && Number.isFinite(Number(text))) converted[name] = Number(text)
  }
}

function problemsOf(
  schema: TObject,
  value: Record<string, unknown>,
  given: Record<string, string | undefined>,
): string[] {
  const properties = schema.properties as Record<string, TSchema & { description?: string }>
  return Object.entries(properties).flatMap(([name, property]) => {
    if (value[name] === undefined) return []
    const [error] = Value.Errors(property, value[name])
    if (error === undefined) return []
    const shown = /PASSWORD|URL/.test(name) ? '' : ` (it is ${JSON.stringify(given[name])})`
    return [`${name} ${error.message}${shown}. ${property.description ?? ''}`]
  })
}
