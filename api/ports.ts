import type { MergeCustomers } from '../store/customers/customer-merges.ts'
import type { BucketNames } from '../features/reasons.ts'
import type { Dictionary, Stage } from '../schemas/recommendations/dictionary.ts'
import type { RecommendedItem } from '../schemas/recommendations/recommendations.ts'
import type { Registry } from '../schemas/release/registry.ts'
import type { Envelope } from '../schemas/avro/schema.ts'
import type { Topic } from '../schemas/topic.ts'
import type { Catalogue, VersionedSetting } from '../schemas/platform/versioned-setting.ts'
import type { CallTurn, TurnAnalysis } from '../schemas/calls/turns.ts'
import type { CaseRules } from '../schemas/visits/case-rules.ts'
import type { Snooze } from '../schemas/visits/snoozes.ts'
import type { Visit } from '../schemas/visits/visits.ts'
import type { PolicyHold } from '../schemas/visits/policy-holds.ts'
import type { Database, Reader } from '../store/database.ts'
import type { LiveModels } from '../store/models/model-acts.ts'
import type { SettingVersion } from '../store/versioned-settings.ts'
import type { ActOf } from '../store/operations/personal-data-acts.ts'
import type { StoredCase } from '../store/visits/cases.ts'
import type { LossScale } from '../store/visits/listed-cases.ts'
import type { ActRefusal, ActRequest } from '../store/visits/send-case-acts.ts'
import type { StoredOrganisation } from '../store/recommendations/organisations.ts'
import type { AccessSettings } from './access/settings.ts'
import type { ApiMetrics } from './operations/metrics.ts'
import type { TailedRecord, TailRequest } from './operations/tail-port.ts'
import type { ProcessorNode } from './operations/processor-node.ts'
import type { TextReasons } from './reasons.ts'
import type { BacktestReport } from './visits/backtest-report.ts'

/** Partition and offset at which an event was written. */
export interface Position {
  readonly partition: number
  readonly offset: number
}

/** The broker did not confirm in time: the events may or may not have been accepted. */
export class UnclearError extends Error {}

/** Too many requests for the same expensive work: it was not started, and can be retried later. */
export class BusyError extends Error {}

/** A request to make a policy the active one. */
export interface PolicyActivation<Value extends object = object> {
  readonly value: Value
  readonly changedBy: string
  readonly reason: string
  /** Activate it even if it flags more past visits than its limit allows. The circuit breaker then does not hold it. */
  readonly force: boolean
  /** The newest version that the person has seen. */
  readonly expectedVersion: number
}

/** What becomes of a person's data on request; the audit keeps who asked, when and why. */
export interface PersonalData {
  /** Iterates over lines of JSON, each with its line end. */
  export(id: string, act: ActOf): AsyncGenerator<string>
  erase(id: string, act: ActOf & { readonly refuseDays: number }): Promise<ErasedData>
}

export interface ErasedData {
  readonly digest: string
  readonly refusedUntil: Date
  /** Number of rows by table. */
  readonly rows: Record<string, number>
  readonly remainsIn: { readonly topic: string; readonly days: number; readonly by: string }[]
}

/** Tries policies on past visits before they become active, and holds those that flag too much. */
export interface Policies {
  /**
   * Rejects with `SettingRefusedError`, `VersionConflictError` or `BusyError`, and with `ActivationHeldError` if it
   * flags more of a day's visits than its limit allows.
   */
  activate(activation: PolicyActivation): Promise<SettingVersion>
  /** Activates the policy that was active before the newest version, without a trial. Rejects like `activate`. */
  rollback(change: Pick<PolicyActivation, 'changedBy' | 'reason' | 'expectedVersion'>): Promise<SettingVersion>
  /** Compares a policy with the active one on the visits of the last `days` days; `undefined` if there are none. */
  backtest(candidate: object, days: number): Promise<BacktestReport | undefined>
  /** Returns the circuit breaker's last hold; `undefined` if it never held a policy. */
  hold(): PolicyHold | undefined
  /** Returns the version that verdicts follow now. */
  activeVersion(): Promise<number>
}

/** What the API does with models beyond the store. */
export interface ModelLife {
  /**
   * Returns a task to an earlier champion, proved by scoring kept rows. Rejects with `UnknownModelError` or
   * `ModelStateError`.
   */
  rollBack(request: {
    readonly task: string
    readonly to?: string | undefined
    readonly by: string
    readonly reason: string
  }): Promise<{ readonly modelId: string; readonly rows: number; readonly tolerance: number }>
  /** Rejects with `UnknownModelError`, and with `ModelStateError` if the artefact of the model can’t be used. */
  requireUsable(modelId: string): Promise<void>
  /** Returns the card of a model as an HTML page; `undefined` if there is no such model. Rejects with `BusyError`. */
  card(modelId: string): Promise<string | undefined>
  /** Returns which of the live models scores a customer; null if none does. */
  scoredBy(live: LiveModels, customerId: string): string | null
}

/** An event that processors have just published. */
export interface LiveEvent {
  readonly topic: Topic
  readonly value: unknown
}

/** Readiness of a part of the platform that the API needs. */
export interface Readiness {
  readonly part: string
  readonly ready: boolean
  /** Why it is not ready. */
  readonly reason: string | null
  /** Something that needs attention although the part is ready. */
  readonly warning?: string | null
}

/** Result of a test message to a channel. */
export interface ChannelTest {
  readonly channel: string
  readonly messageId: string
  readonly delivered: boolean
  /** Status code of HTTP or SMTP; null if there was none. */
  readonly status: number | null
  readonly answer: string
  readonly said: string | null
  readonly durationMs: number
}

export interface Feature {
  readonly name: string
  readonly meaning: string
  readonly unit: string
  /** For a feature that names are hashed into: the text that a reason shows before the names. */
  readonly hashed?: string
}

/** A feature set with the features of its rows, in order. */
export interface NamedFeatures {
  /** `name@version`. */
  readonly id: string
  readonly features: readonly Feature[]
}

/** A prediction task and the feature set that its models read. */
export interface Task {
  readonly name: string
  readonly featureSet: string
}

/** The input of a model. */
export interface ModelInput {
  readonly values: Float32Array
  readonly text: string | null
  /** When each line of the text was written, in ms since 1970; `null` or absent if unknown. */
  readonly lineTimes?: readonly number[] | null
}

/** The released model of a task. */
export interface TaskModel {
  readonly id: string
  readonly algorithm: string
  readonly featureSet: string
  /** Names of the model's outputs. */
  readonly outputs: readonly string[]
  /** Returns one score per output. */
  score(input: ModelInput): Promise<Float64Array>
  /**
   * Returns a function that writes each feature's contribution to the margin of an output into `into`, and returns the
   * base margin. `undefined` for models that can't be explained.
   */
  readonly explainer?: ((output?: number) => (row: Float32Array, into: Float64Array) => number) | undefined
  /**
   * Returns the records and words of the text that contribute most to an output, at most `most` of each. `undefined`
   * for models that read no text.
   */
  readonly textReasons?:
    ((input: ModelInput & { readonly text: string }, output: number, most: number) => Promise<TextReasons>) | undefined
}

/** Recommendations for an organisation, scored on request. */
export interface LiveRecommendations {
  readonly stage: Stage
  readonly items: readonly RecommendedItem[]
  readonly threshold: number
  readonly modelId: string
  readonly modelDictionaryVersion: number | null
  readonly dictionaryVersion: number
  readonly unknownToModel: readonly string[]
}

/** Scores recommendations on request. */
export interface Recommender {
  /** Returns recommendations for an organisation at that stage, or the reason why there are none. */
  recommend(
    row: Float32Array,
    featureSet: string,
    of: StoredOrganisation,
    stage: Stage,
  ): Promise<LiveRecommendations | string>
  /** Returns a copy of the row as if the organisation were at that stage. */
  atStage(row: Float32Array, stage: Stage): Float32Array
}

/** Maps hashed features back to the names that are hashed into them. */
export interface HashedNames {
  /** `things`: the things that a customer looked at. */
  ofViewedItems(viewedItems: readonly string[]): BucketNames
  ofOrganisations(organisations: readonly StoredOrganisation[], products: readonly string[]): BucketNames
}

/** A customer's newest published features. */
export interface ServedFeatures {
  /** `name@version`. */
  readonly featureSet: string
  /** Event time of the newest event in them, ms since the epoch. */
  readonly occurredAt: number
  /** NaN if unknown. */
  readonly values: readonly number[]
}

/** Progress of a local materialised view. */
export interface ViewProgress {
  /** Whether the first read has finished; until then a missing customer may just not have been read yet. */
  readonly isComplete: boolean
  /** Everything published up to this time, in ms since the epoch, is in the view; `undefined` if not known yet. */
  readonly asOf: number | undefined
  /** Records not yet in the view; `undefined` if not known yet. */
  readonly behind: number | undefined
}

/** The newest features of every customer, in this process. */
export interface OnlineFeatures {
  /** Returns a customer's features; `undefined` if there are none. */
  of(customerId: string): ServedFeatures | undefined
  state(): ViewProgress
  /** Feature names of each released version of the set, by its id. */
  readonly sets: ReadonlyMap<string, readonly string[]>
}

/** The domain rules for reviewing visits. */
export interface Reviews {
  rules(reader: Reader): Promise<Omit<CaseRules, 'id' | 'occurredAt' | 'source' | 'name' | 'version' | 'changedBy'>>
  /** Returns why a case can't take the act in its current state; `undefined` if it can. */
  refusalOf(held: StoredCase, act: ActRequest): ActRefusal | undefined
  /** Returns how scores map to probabilities, calibrated on past decisions, and to costs. */
  scale(reader: Reader): Promise<LossScale>
  /** Returns the passages that two texts share, as offsets in UTF-16 units. */
  sharedPassages(text: string, other: string): readonly SharedPassage[]
  /** Returns the distance in metres; null if either is not a valid position. */
  distanceM(one: NonNullable<Visit['place']>, other: NonNullable<Visit['place']>): number | null
  readonly snoozes: VersionedSetting<Omit<Snooze, 'id'>>
}

interface SharedPassage {
  readonly from: number
  readonly to: number
  readonly otherFrom: number
  readonly otherTo: number
}

/** What to say next in a live call. */
export interface Prompt {
  /** Number of the step; a report about an older step is answered with the current prompt again. */
  readonly step: number
  readonly say: readonly { readonly partId: string; readonly text: string; readonly required: boolean }[]
  /** `listen`: wait for the customer; `end`: hang up after saying; `transfer`: hand over to an agent. */
  readonly next: 'listen' | 'end' | 'transfer'
  readonly reasons: readonly string[]
}

/**
 * Sessions of calls in progress: what to say next after each report about the call. `at`: when it happened, in ms since
 * the epoch. Every step is stored before its prompt is returned, so any process can go on with a call, and a report can
 * be sent again. Rejects with `ProblemError`: `not-found` for a call without a session, `not-possible` for a call id
 * that belongs to another customer or language, `invalid-request` for a report that can’t be valid, `incomplete` if no
 * script fits, `unavailable` if the step can’t be stored.
 */
export interface LiveCalls {
  /** Starts the session of a call, or resumes it at its part if it exists already. */
  start(call: {
    callId: string
    customerId: string
    language: string
    agent: string | null
    at: number
  }): Promise<Prompt>
  turn(
    callId: string,
    turn: {
      number: number
      text: string
      words?: readonly { text: string; startMs: number; endMs: number; confidence: number | null }[]
      at: number
    },
  ): Promise<Prompt>
  /** The caller spoke while a part was said; `spoken` is the text that was played until then. */
  interrupted(callId: string, interruption: { partId: string; spoken: string; at: number }): Promise<Prompt>
  silence(callId: string, silence: { ms: number; at: number }): Promise<Prompt>
  end(callId: string, end: { reason: string; at: number }): Promise<void>
}

/** How call systems connect; a protocol without its secret is off. */
export interface TelephonySettings {
  /** Token of jambonz; `undefined`: jambonz is off. */
  readonly jambonzToken: string | undefined
  /** Auth token of the Twilio account and the public address of the socket; `undefined`: ConversationRelay is off. */
  readonly conversationRelay: { readonly authToken: string; readonly url: string } | undefined
  /** BCP 47 language of calls that state none. */
  readonly language: string
  /** Where jambonz transfers a call: `queue:NAME`, `tel:+NUMBER`, `sip:ADDRESS` or `app:URL`. */
  readonly transfer: string
}

/** A record as it was before it became a dead letter. */
export interface OriginalRecord {
  /** Name of the topic on the broker. */
  readonly topic: string
  readonly partition: number
  readonly key: Buffer | null
  readonly value: Buffer | null
}

/** The clock of the simulated world. */
export interface SimulatedClock {
  /** ms since the epoch. */
  readonly now: number
  /** Simulated seconds per second of the wall clock. */
  readonly speed: number
}

/**
 * Everything that the API needs from the rest of the platform. The API itself has no dependency on Kafka or processors.
 */
export interface ApiPorts {
  /** Who may use the API. */
  readonly access: AccessSettings
  readonly database: Database
  readonly registry: Registry
  readonly metrics: ApiMetrics
  readonly topology: readonly ProcessorNode[]
  /** Host and process id of this process. */
  readonly processName: string
  /** Every feature set. */
  readonly featureSets: readonly NamedFeatures[]
  readonly tasks: readonly Task[]
  /** Every topic; those with the role `input` accept events. */
  readonly topics: readonly Topic[]
  /** Returns a topic's name on the brokers. */
  addressOf(topic: Topic): string
  /** Reads records as they arrive; yields `undefined` when none has for a moment. */
  tail(request: TailRequest): AsyncIterable<TailedRecord | undefined>
  /** Topics that `subscribe` follows. */
  readonly liveTopics: readonly Topic[]
  /** Settings that people edit. */
  readonly settings: readonly VersionedSetting[]
  readonly dictionary: Catalogue<Dictionary>
  readonly policies: Policies
  readonly modelLife: ModelLife
  /**
   * Publishes validated events to their topic, all or none. Resolves with their positions once they are acknowledged.
   * Rejects with `UnclearError` if they may have been written; after any other error none was.
   */
  publish(topic: Topic, events: readonly Envelope[]): Promise<readonly Position[]>
  /**
   * Sends the record of a dead letter to its topic again. Resolves once it is acknowledged. Rejects like `publish`.
   */
  redrive(record: OriginalRecord): Promise<void>
  /** Subscribes to the live topics. Returns a function that unsubscribes. */
  subscribe(listener: (event: LiveEvent) => void): () => void
  /** Returns a task's released model, or the reason why there is none. */
  model(task: string): TaskModel | string
  /** Analyses a turn, given the earlier turns of its call; `timeZone`: the customer's, if known. */
  analyseTurn(turn: CallTurn, earlier: readonly TurnAnalysis[], timeZone: string | null): Promise<TurnAnalysis>
  /** Sends a test message to a channel; `undefined` if no channel of that name is in use. */
  testChannel(name: string): Promise<ChannelTest | undefined>
  readonly recommender: Recommender
  readonly hashedNames: HashedNames
  readonly onlineFeatures: OnlineFeatures
  readonly personalData: PersonalData
  readonly mergeCustomers: MergeCustomers
  readonly reviews: Reviews
  readonly telephony?: TelephonySettings
  /** Returns the secret that a webhook source names, as it is now; `undefined` if it is not set. */
  webhookSecret(name: string): string | undefined
  /** Returns the time, in ms since the epoch, up to which the global topics have been read completely. */
  globalsAsOf(): number
  readiness(): Promise<readonly Readiness[]>
  /** Returns the simulated clock if this process runs the simulator. */
  simulatedClock(): SimulatedClock | undefined
  /** Logs an error for the operator. */
  readonly logError: (message: string) => void
  /** Host names under which the API may be called; `undefined`: any. */
  readonly hosts: readonly string[] | undefined
  /** Folder of the built dashboard. */
  readonly pageDirectory: string
}
