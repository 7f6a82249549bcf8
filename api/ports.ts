import type { NamesBehind } from '../features/reasons.ts'
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
import type { SettingVersion } from '../store/versioned-settings.ts'
import type { StoredCase } from '../store/visits/cases.ts'
import type { LossScale } from '../store/visits/listed-cases.ts'
import type { ActRefusal, WantedAct } from '../store/visits/send-case-acts.ts'
import type { StoredOrganisation } from '../store/recommendations/organisations.ts'
import type { ApiMetrics } from './operations/metrics.ts'
import type { TextReasons } from './reasons.ts'
import type { BacktestReport } from './visits/backtest-report.ts'

/** Where an event was written. */
export interface Position {
  readonly partition: number
  readonly offset: number
}

/** Events may or may not have been accepted: the broker did not confirm in time. */
export class UnclearError extends Error {}

/** So many ask for the same long work that it is not begun: later it will be. */
export class BusyError extends Error {}

/** A policy that a person wants to be in force from now on. */
export interface PolicyActivation<Value extends object = object> {
  readonly value: Value
  readonly changedBy: string
  readonly reason: string
  /** Although it flags more than its limit on past visits; the circuit breaker does not hold it then. */
  readonly force: boolean
  /** What whoever activates it has seen. */
  readonly expectedVersion: number
}

/** Policies are tried on past visits before they are in force, and held where they flag too much. */
export interface Policies {
  /**
   * Rejects with `SettingRefusedError`, `VersionConflictError` or `BusyError`, and with `ActivationHeldError` if it
   * flags more of a day's visits than its limit allows.
   */
  activate(activation: PolicyActivation): Promise<SettingVersion>
  /** Activates what was in force before the newest version, without a trial. Rejects like `activate`. */
  rollback(change: Pick<PolicyActivation, 'changedBy' | 'reason' | 'expectedVersion'>): Promise<SettingVersion>
  /** Compares it with the policy in force on the visits of so many days; `undefined`: there are none. */
  backtest(candidate: object, days: number): Promise<BacktestReport | undefined>
  /** The hold of the circuit breaker that stands; `undefined`: it never held a policy. */
  hold(): PolicyHold | undefined
  /** The version that verdicts follow now. */
  versionInForce(): Promise<number>
}

/** Something that processors have published just now. */
export interface LiveEvent {
  readonly topic: Topic
  readonly value: unknown
}

/** A part of the platform that must work before the API can do its work. */
export interface Readiness {
  readonly part: string
  readonly ready: boolean
  /** Why it is not. */
  readonly reason: string | null
  /** What someone should look at although it works; not given: nothing. */
  readonly warning?: string | null
}

/** What came of a test message to a channel. */
export interface ChannelTest {
  readonly channel: string
  readonly messageId: string
  readonly delivered: boolean
  /** Of HTTP or SMTP; null: there was none. */
  readonly status: number | null
  readonly answer: string
  readonly said: string | null
  readonly durationMs: number
}

export interface Feature {
  readonly name: string
  readonly meaning: string
  readonly unit: string
  /** Names are hashed into it: what a reason says before the names. */
  readonly hashed?: string
}

/** The names of the numbers of a row. */
export interface NamedFeatures {
  /** `name@version`. */
  readonly id: string
  readonly features: readonly Feature[]
}

/** The subject of a score, and its row. */
export interface Task {
  readonly name: string
  readonly featureSet: string
}

/** The input of a model. */
export interface ModelInput {
  readonly values: Float32Array
  readonly text: string | null
  /** When each line of the text was written, ms; not given or `null`: not known. */
  readonly lineTimes?: readonly number[] | null
}

/** The released model of a task. */
export interface TaskModel {
  readonly id: string
  readonly algorithm: string
  readonly featureSet: string
  /** Names of the numbers that it gives a row. */
  readonly outputs: readonly string[]
  /** One number an output. */
  score(input: ModelInput): Promise<Float64Array>
  /**
   * Gives what writes how much each number of a row contributes to the margin of an output, and returns the margin
   * without any; not there for models that can't explain.
   */
  readonly explainer?: ((output?: number) => (row: Float32Array, into: Float64Array) => number) | undefined
  /**
   * Which records and words of the text carry an output, at most `most` of each; not there for models that read no
   * text.
   */
  readonly textReasons?:
    ((input: ModelInput & { readonly text: string }, output: number, most: number) => Promise<TextReasons>) | undefined
}

/** Recommendations for an organisation, scored on request. */
export interface RecommendedNow {
  readonly stage: Stage
  readonly items: readonly RecommendedItem[]
  readonly threshold: number
  readonly modelId: string
  readonly modelDictionaryVersion: number | null
  readonly dictionaryVersion: number
  readonly unknownToModel: readonly string[]
}

/** The rules of the recommender. */
export interface Recommender {
  /** Recommendations at that stage for an organisation with that row, or why there are none. */
  now(row: Float32Array, featureSet: string, of: StoredOrganisation, stage: Stage): Promise<RecommendedNow | string>
  /** The row as it were at that stage. */
  atStage(row: Float32Array, stage: Stage): Float32Array
}

/** Which names are hashed into which features. */
export interface HashedNames {
  /** `things`: what a customer looked at. */
  ofThings(things: readonly string[]): NamesBehind
  ofOrganisations(organisations: readonly StoredOrganisation[], products: readonly string[]): NamesBehind
}

/** The newest features of a customer as they were published. */
export interface ServedFeatures {
  /** `name@version`. */
  readonly featureSet: string
  /** Event time of the newest event in them, ms since the epoch. */
  readonly occurredAt: number
  /** NaN: not known. */
  readonly values: readonly number[]
}

/** How far a local view has come. */
export interface ViewMoment {
  /** Whether it has been complete once: until then a customer that is missing may only not have been read yet. */
  readonly isWhole: boolean
  /** Everything published by then is in it, ms since the epoch; `undefined`: not known yet. */
  readonly asOf: number | undefined
  /** Records that are not in it yet; `undefined`: not known yet. */
  readonly behind: number | undefined
}

/** The newest features of every customer, in this process. */
export interface OnlineFeatures {
  /** `undefined`: there are none. */
  of(customerId: string): ServedFeatures | undefined
  state(): ViewMoment
  /** Names of the numbers of each released version of the set, by its id. */
  readonly sets: ReadonlyMap<string, readonly string[]>
}

/** The rules of reviews of visits. */
export interface Reviews {
  rules(reader: Reader): Promise<Omit<CaseRules, 'id' | 'occurredAt' | 'source' | 'name' | 'version' | 'changedBy'>>
  /** Why a case as it stands can't take the act; `undefined`: it can. */
  refusalOf(held: StoredCase, act: WantedAct): ActRefusal | undefined
  /** What scores mean, by the decisions so far, and what it costs. */
  scale(reader: Reader): Promise<LossScale>
  /** Places of the same words in two texts, in UTF-16 units. */
  sharedPassages(text: string, other: string): readonly SharedPassage[]
  /** null: one of them is no place. */
  distanceM(one: NonNullable<Visit['place']>, other: NonNullable<Visit['place']>): number | null
  readonly snoozes: VersionedSetting<Omit<Snooze, 'id'>>
}

interface SharedPassage {
  readonly from: number
  readonly to: number
  readonly otherFrom: number
  readonly otherTo: number
}

/** A simulated world has its own time. */
export interface SimulatedClock {
  /** ms since the epoch. */
  readonly now: number
  /** How much faster than the wall clock it goes. */
  readonly speed: number
}

/** All that the API needs of the rest of the platform: it knows neither Kafka nor the processors. */
export interface ApiPorts {
  readonly database: Database
  readonly registry: Registry
  readonly metrics: ApiMetrics
  /** Every set of features that rows are made of. */
  readonly featureSets: readonly NamedFeatures[]
  readonly tasks: readonly Task[]
  /** Every topic; those of the role `input` take events. */
  readonly topics: readonly Topic[]
  /** What a topic is called on the brokers. */
  addressOf(topic: Topic): string
  /** Topics that `subscribe` follows. */
  readonly liveTopics: readonly Topic[]
  /** Settings that people edit. */
  readonly settings: readonly VersionedSetting[]
  readonly dictionary: Catalogue<Dictionary>
  readonly policies: Policies
  /**
   * Sends checked events to their topic, all or none; resolves when they are safe, with the place of each. Rejects with
   * `UnclearError` where they may have been taken; after any other error none was.
   */
  publish(topic: Topic, events: readonly Envelope[]): Promise<readonly Position[]>
  /** Subscribes to the live topics, message by message as they are published; the returned function ends it. */
  subscribe(listener: (event: LiveEvent) => void): () => void
  /** The released model, or why there is none. */
  model(task: string): TaskModel | string
  /** Analyses a turn, given the earlier turns of its call; `timeZone`: the customer's, if known. */
  analyseTurn(turn: CallTurn, earlier: readonly TurnAnalysis[], timeZone: string | null): Promise<TurnAnalysis>
  /** Sends a test message to a channel; `undefined`: there is none of that name in use. */
  testChannel(name: string): Promise<ChannelTest | undefined>
  readonly recommender: Recommender
  readonly hashedNames: HashedNames
  readonly onlineFeatures: OnlineFeatures
  readonly reviews: Reviews
  /** When the global topics were last heard of, in ms since the epoch: up to then nothing of them is missing. */
  globalsAsOf(): number
  readiness(): Promise<readonly Readiness[]>
  /** Where this process runs the simulated world. */
  simulatedClock(): SimulatedClock | undefined
  /** For the operator. */
  readonly logError: (message: string) => void
  /** Names under which the API may be called; undefined: any. */
  readonly hosts: readonly string[] | undefined
  /** Folder of the built page. */
  readonly pageDirectory: string
}
