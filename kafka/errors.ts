/**
 * Every error of this folder, and the only table of what each protocol error code means for the caller. Names and
 * codes: https://kafka.apache.org/protocol#protocol_error_codes
 */

/**
 * - `retriable`: the same request may be repeated, after a new look-up of what is `stale`.
 * - `abortable`: the work in hand must be dropped (a transaction aborted, another position chosen); its owner stays
 *   usable.
 * - `fatal`: the producer, the member or the fetcher is done for good.
 */
export type ErrorKind = 'retriable' | 'abortable' | 'fatal'

/** Which cached information about the cluster must be refreshed. */
export type Stale = 'metadata' | 'coordinator'

interface Rule {
  readonly name: string
  readonly kind: ErrorKind
  readonly stale?: Stale
  readonly advice: string
}

const AGAIN = 'It is retried; if it persists, look at the health of the broker'
const LEADER_MOVED = 'The leader moved; it is looked up again'
const COORDINATOR_MOVED = 'The coordinator moved; it is looked up again'
const fenced =
  'A newer owner has the transactional id, or the transaction stayed open beyond its time-out: close this producer'
const MEMBER_REMOVED =
  'The group went on without this member: drop what is uncommitted and wait for the next assignment'
const rights = 'Grant this principal the right by an ACL'
const settings = 'Correct the setting'

const retriable = (name: string, advice = AGAIN, stale?: Stale): Rule => ({
  name,
  kind: 'retriable',
  advice,
  ...(stale && { stale }),
})
const abortable = (name: string, advice: string): Rule => ({ name, kind: 'abortable', advice })
const fatal = (name: string, advice: string): Rule => ({ name, kind: 'fatal', advice })

const rules: Readonly<Record<number, Rule>> = {
  [-1]: abortable('UNKNOWN_SERVER_ERROR', "The broker's log has the cause"),
  1: abortable('OFFSET_OUT_OF_RANGE', 'The records there were deleted or never written: choose another position'),
  2: retriable('CORRUPT_MESSAGE', 'The batch was damaged on its way; it is sent again'),
  3: retriable('UNKNOWN_TOPIC_OR_PARTITION', 'Create the topic, or correct its name', 'metadata'),
  5: retriable('LEADER_NOT_AVAILABLE', LEADER_MOVED, 'metadata'),
  6: retriable('NOT_LEADER_OR_FOLLOWER', LEADER_MOVED, 'metadata'),
  7: retriable('REQUEST_TIMED_OUT'),
  8: retriable('BROKER_NOT_AVAILABLE', AGAIN, 'metadata'),
  9: retriable('REPLICA_NOT_AVAILABLE', LEADER_MOVED, 'metadata'),
  10: abortable('MESSAGE_TOO_LARGE', "Raise the topic's max.message.bytes, or make the record smaller"),
  13: retriable('NETWORK_EXCEPTION', AGAIN, 'metadata'),
  14: retriable('COORDINATOR_LOAD_IN_PROGRESS'),
  15: retriable('COORDINATOR_NOT_AVAILABLE', COORDINATOR_MOVED, 'coordinator'),
  16: retriable('NOT_COORDINATOR', COORDINATOR_MOVED, 'coordinator'),
  17: fatal('INVALID_TOPIC_EXCEPTION', 'Correct the name of the topic'),
  18: abortable('RECORD_LIST_TOO_LARGE', "Raise the topic's segment.bytes, or send smaller batches"),
  19: retriable('NOT_ENOUGH_REPLICAS', 'Too few replicas are in sync; it is retried'),
  20: retriable('NOT_ENOUGH_REPLICAS_AFTER_APPEND', 'Too few replicas are in sync; it is retried'),
  22: abortable('ILLEGAL_GENERATION', MEMBER_REMOVED),
  23: fatal('INCONSISTENT_GROUP_PROTOCOL', 'Another kind of client uses this group id: choose another group id'),
  24: fatal('INVALID_GROUP_ID', 'Correct the group id'),
  25: abortable('UNKNOWN_MEMBER_ID', MEMBER_REMOVED),
  26: fatal(
    'INVALID_SESSION_TIMEOUT',
    "Keep it within the broker's group.min.session.timeout.ms and group.max.session.timeout.ms",
  ),
  27: abortable('REBALANCE_IN_PROGRESS', MEMBER_REMOVED),
  29: fatal('TOPIC_AUTHORIZATION_FAILED', rights),
  30: fatal('GROUP_AUTHORIZATION_FAILED', rights),
  31: fatal('CLUSTER_AUTHORIZATION_FAILED', rights),
  32: abortable(
    'INVALID_TIMESTAMP',
    "The topic's message.timestamp.before.max.ms and after.max.ms forbid this timestamp",
  ),
  33: fatal('UNSUPPORTED_SASL_MECHANISM', settings),
  34: fatal('ILLEGAL_SASL_STATE', 'The listener expects SASL: configure it for this client'),
  35: fatal('UNSUPPORTED_VERSION', 'This client needs Apache Kafka 3.9 or newer'),
  36: abortable('TOPIC_ALREADY_EXISTS', 'Use it as it is, or delete it first'),
  37: fatal('INVALID_PARTITIONS', 'Ask for at least one partition'),
  38: abortable(
    'INVALID_REPLICATION_FACTOR',
    'Start as many brokers as there shall be copies, or ask for fewer copies',
  ),
  39: fatal('INVALID_REPLICA_ASSIGNMENT', settings),
  40: fatal('INVALID_CONFIG', settings),
  41: retriable('NOT_CONTROLLER', 'The controller moved; it is retried', 'metadata'),
  42: fatal('INVALID_REQUEST', "The broker's log has the cause"),
  44: fatal('POLICY_VIOLATION', "The cluster's policy for topics forbids this: ask for what it allows"),
  45: abortable('OUT_OF_ORDER_SEQUENCE_NUMBER', 'Records were lost before this batch: the producer takes a new epoch'),
  46: retriable('DUPLICATE_SEQUENCE_NUMBER', 'The batch is in the log already'),
  47: fatal('INVALID_PRODUCER_EPOCH', fenced),
  48: abortable('INVALID_TXN_STATE', 'The transaction was ended by someone else, or a partition was not added to it'),
  49: abortable(
    'INVALID_PRODUCER_ID_MAPPING',
    'The transactional id expired on the broker: the producer takes a new id',
  ),
  50: fatal('INVALID_TRANSACTION_TIMEOUT', "Keep it below the broker's transaction.max.timeout.ms"),
  51: retriable('CONCURRENT_TRANSACTIONS', 'The previous transaction is still being ended; it is retried'),
  52: fatal('TRANSACTION_COORDINATOR_FENCED', fenced),
  53: fatal('TRANSACTIONAL_ID_AUTHORIZATION_FAILED', rights),
  56: retriable('KAFKA_STORAGE_ERROR', AGAIN, 'metadata'),
  59: abortable('UNKNOWN_PRODUCER_ID', 'The broker forgot this producer: it takes a new epoch'),
  72: retriable('LISTENER_NOT_FOUND', AGAIN, 'metadata'),
  73: fatal('TOPIC_DELETION_DISABLED', settings),
  74: retriable('FENCED_LEADER_EPOCH', LEADER_MOVED, 'metadata'),
  75: retriable('UNKNOWN_LEADER_EPOCH', LEADER_MOVED, 'metadata'),
  78: retriable('OFFSET_NOT_AVAILABLE', LEADER_MOVED),
  79: retriable('MEMBER_ID_REQUIRED'),
  80: retriable('PREFERRED_LEADER_NOT_AVAILABLE', AGAIN, 'metadata'),
  81: fatal('GROUP_MAX_SIZE_REACHED', "Raise the broker's group.max.size, or start fewer members"),
  82: fatal(
    'FENCED_INSTANCE_ID',
    'Another process runs under this group instance id: give each its own, and stop one of the two',
  ),
  87: abortable('INVALID_RECORD', 'The broker refuses the record; a compacted topic needs a key on every record'),
  88: retriable('UNSTABLE_OFFSET_COMMIT', 'A transaction over these offsets is still being ended; it is retried'),
  89: retriable('THROTTLING_QUOTA_EXCEEDED'),
  90: fatal('PRODUCER_FENCED', fenced),
  100: retriable('UNKNOWN_TOPIC_ID', 'The topic was created again; it is looked up', 'metadata'),
  103: retriable('INCONSISTENT_TOPIC_ID', 'The topic was created again; it is looked up', 'metadata'),
  105: abortable('TRANSACTIONAL_ID_NOT_FOUND', 'The id has never been used, or expired'),
  120: abortable('TRANSACTION_ABORTABLE', 'Abort the transaction and do its work again'),
}

/**
 * A request that the broker rejected or never answered. `code` is the protocol’s name of the error, or one of our own.
 */
export class KafkaError extends Error {
  readonly code: string
  readonly kind: ErrorKind
  readonly stale: Stale | undefined

  constructor(
    message: string,
    code: string,
    kind: ErrorKind,
    options: { cause?: unknown; stale?: Stale | undefined } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.code = code
    this.kind = kind
    this.stale = options.stale
  }
}

/** A newer owner has taken over the transactional id. Only `close` is legal. */
export class ProducerFencedError extends KafkaError {}
/**
 * The answer to a commit was lost: the transaction may or may not be committed. Only `close` is legal; check the log.
 */
export class UnclearCommitError extends KafkaError {}
/**
 * A crashed broker has left a decided transaction of the id without its markers. Only `close` is legal; `init` of the
 * next producer ends it.
 */
export class HangingTransactionError extends KafkaError {}
/** Another process took this group instance id. */
export class FencedInstanceError extends KafkaError {}
/** The group rebalanced without this member: its partitions may already have another owner. */
export class GroupLostError extends KafkaError {}
/** A permission is missing, or the credentials are wrong. */
export class AuthorizationError extends KafkaError {}
/** One record is larger than its topic allows. */
export class RecordTooLargeError extends KafkaError {}
/** A record was not acknowledged in time. */
export class DeliveryTimeoutError extends KafkaError {}
/** The broker supports no version of a request that this client uses. */
export class UnsupportedBrokerError extends KafkaError {}
/** The connection broke, or an answer did not come in time: the request may or may not have been carried out. */
export class ConnectionLostError extends KafkaError {}
/** A method was called in a state that does not allow it. */
export class IllegalStateError extends KafkaError {
  constructor(message: string) {
    super(message, 'ILLEGAL_STATE', 'abortable')
  }
}
/** The client was closed while the call was under way. */
export class ClientClosedError extends KafkaError {
  constructor(where: string) {
    super(`${where}: the client is closed. Make a new one`, 'CLIENT_CLOSED', 'fatal')
  }
}

/** Returns a copy of the error whose message adds that the records may have been written anyway. */
export function withUnknownOutcome(error: KafkaError): KafkaError {
  const type = error.constructor as typeof KafkaError
  const message = `${error.message}. The records may or may not be in the log`
  return new type(message, error.code, error.kind, { cause: error.cause, stale: error.stale })
}

/**
 * Returns whether the request may succeed later without a change: the brokers are unavailable, or a missing permission
 * may be granted.
 */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof KafkaError)) return false
  const waits = [DeliveryTimeoutError, UnclearCommitError, GroupLostError, AuthorizationError]
  return error.kind === 'retriable' || waits.some((type) => error instanceof type)
}

const classes: Readonly<Record<string, typeof KafkaError>> = {
  INVALID_PRODUCER_EPOCH: ProducerFencedError,
  PRODUCER_FENCED: ProducerFencedError,
  TRANSACTION_COORDINATOR_FENCED: ProducerFencedError,
  FENCED_INSTANCE_ID: FencedInstanceError,
  ILLEGAL_GENERATION: GroupLostError,
  UNKNOWN_MEMBER_ID: GroupLostError,
  REBALANCE_IN_PROGRESS: GroupLostError,
  TOPIC_AUTHORIZATION_FAILED: AuthorizationError,
  GROUP_AUTHORIZATION_FAILED: AuthorizationError,
  CLUSTER_AUTHORIZATION_FAILED: AuthorizationError,
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: AuthorizationError,
  UNSUPPORTED_SASL_MECHANISM: AuthorizationError,
  ILLEGAL_SASL_STATE: AuthorizationError,
  MESSAGE_TOO_LARGE: RecordTooLargeError,
  UNSUPPORTED_VERSION: UnsupportedBrokerError,
}

/**
 * Returns the error for a protocol error code, which must not be 0. `where` names the request and its object, as in
 * `Produce to scores-3`.
 */
export function errorOfCode(code: number, where: string, detail?: string | null): KafkaError {
  const rule = rules[code] ?? fatal(`ERROR_${code}`, 'See https://kafka.apache.org/protocol#protocol_error_codes')
  const type = classes[rule.name] ?? KafkaError
  const detailText = detail ? ` (${detail})` : ''
  return new type(`${where}: the broker answered ${rule.name}${detailText}. ${rule.advice}`, rule.name, rule.kind, {
    stale: rule.stale,
  })
}

/** Fields of the wire layer's errors that are read here, without a dependency on its classes. */
interface WireError {
  readonly code?: string
  readonly apiCode?: number
  readonly serverErrorMessage?: string | null
  readonly errors?: readonly WireError[]
  readonly cause?: unknown
  readonly message?: string
}

/** Converts an error of the wire layer into one of ours; returns ours unchanged. */
export function errorOfWire(thrown: unknown, where: string): KafkaError {
  if (thrown instanceof KafkaError) return thrown
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) }) as WireError
  const refused = error.apiCode !== undefined ? error : error.errors?.find((inner) => inner.apiCode !== undefined)
  if (refused?.apiCode !== undefined) return errorOfCode(refused.apiCode, where, refused.serverErrorMessage)
  if (isAuthentication(error)) {
    const message = `${where}: the broker refused the credentials. Check the user name, password and SASL mechanism`
    return new AuthorizationError(message, 'SASL_AUTHENTICATION_FAILED', 'fatal', { cause: thrown })
  }
  // The wire layer reports time-outs with the code of network errors too.
  if (
    error.code === 'PLT_KFK_NETWORK' ||
    error.code === 'PLT_KFK_TIMEOUT' ||
    error.code === 'PLT_KFK_UNEXPECTED_CORRELATION_ID'
  ) {
    const cause = rootMessage(error)
    const message = `${where}: the connection broke or the answer did not come in time (${cause}). It is retried; if it persists, check the address and the broker`
    return new ConnectionLostError(message, 'CONNECTION_LOST', 'retriable', { cause: thrown, stale: 'metadata' })
  }
  return new KafkaError(`${where}: ${rootMessage(error)}`, error.code ?? 'UNEXPECTED', 'fatal', { cause: thrown })
}

function isAuthentication(error: WireError): boolean {
  for (
    let at: WireError | undefined = error, depth = 0;
    at && depth < 5;
    at = at.cause as WireError | undefined, depth++
  )
    if (at.code === 'PLT_KFK_AUTHENTICATION') return true
  return false
}

function rootMessage(error: WireError): string {
  let message = error.message ?? 'unknown error'
  for (
    let at = error.cause as WireError | undefined, depth = 0;
    at && depth < 5;
    at = at.cause as WireError | undefined, depth++
  )
    message = at.message || at.code || message
  return message
}
