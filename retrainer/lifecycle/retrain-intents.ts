import { createHash } from 'node:crypto'
import { turnFeatures } from '../../features/calls/turns.ts'
import { decodeArtefact, encodeArtefact, modelFrom } from '../../models/artefact.ts'
import { intentOutputs } from '../../models/intent/intent.ts'
import type { IntentParameters } from '../../models/intent/intent-parameters.ts'
import type { Database } from '../../store/database.ts'
import { labelledTurns, type LabelledTurn } from '../../store/calls/labelled-turns.ts'
import { modelIdOf } from '../../store/models/model-id.ts'
import { championOf, listModels, registerModel, type StoredModel } from '../../store/models/models.ts'
import { freezeOf } from '../../store/models/model-acts.ts'
import { promoteModel } from '../../store/models/release-models.ts'
import { defaultGate } from '../../processors/models/release-gate-setting.ts'
import { isHeldOut, textsOfTurns } from '../training/intents/intent-turns.ts'
import { evaluateIntents, intentLossDifference } from '../training/intents/evaluate-intents.ts'
import { defaultIntentSettings, type IntentSettings } from '../training/intents/learn-intents.ts'
import { defaultSteps, stepIntents, type StepOptions } from '../training/intents/step-intents.ts'
import { trainOnIntents } from '../training/intents/train-on-intents.ts'

export const INTENT_TASK = 'intent'
/** Minimum number of turns to train on, and of turns per intent. */
const TURNS_MIN = 200
const TURNS_OF_INTENT_MIN = 8
/** Maximum number of earlier turns to replay, the newest. */
const REPLAY_MAX = 5_000

export interface IntentRetraining {
  readonly kind: 'trained' | 'stepped'
  readonly modelId: string
  readonly promote: boolean
  readonly reason: string
  readonly metrics: Readonly<Record<string, number>>
  readonly turns: number
}

export type IntentOutcome =
  IntentRetraining | { readonly kind: 'too-few'; readonly turns: number; readonly needed: number }

export interface IntentRetrainOptions {
  readonly database: Database
  /** Version of this platform, stored with the model. */
  readonly codeVersion: string
  readonly seed?: number
  readonly vectorOf?: ((piece: string) => Float32Array | undefined) | undefined
  readonly settings?: Partial<IntentSettings>
  readonly progress?: (share: number, loss?: number) => void
}

/**
 * Retrains from scratch on all labelled turns, registers the model, and promotes it if it beats the champion on
 * held-out turns.
 */
export async function retrainIntents(options: IntentRetrainOptions): Promise<IntentOutcome> {
  const { database, codeVersion, seed = 1 } = options
  const all = await labelledTurns(database)
  const { learning, heldOut, intents } = partsOf(all)
  if (learning.length < TURNS_MIN || intents.length < 2)
    return { kind: 'too-few', turns: learning.length, needed: TURNS_MIN }
  const data = textsOfTurns(learning, intents)
  const measured = await trainOnIntents(data, {
    settings: { ...defaultIntentSettings, ...options.settings },
    seed,
    withTerms: true,
    vectorOf: options.vectorOf,
    times: Float64Array.from(learning, ({ saidAt }) => saidAt.getTime()),
    progress: (share, loss) => options.progress?.(share, loss),
  })
  return release(options, measured.parameters, heldOut, await championOf(database, INTENT_TASK), {
    kind: 'trained',
    codeVersion,
    turns: learning.length,
    about: { ...turnsFingerprint(all), trainedTurns: learning.length, epochs: measured.epochs, seed },
  })
}

/**
 * Takes gradient steps from the champion on the labels that became known since its last step, replaying earlier turns
 * against forgetting. The result is promoted only if its loss on the fixed turns is lower. Every step is registered as
 * a model with its parent (spec C12). Returns `undefined` if there is no intent model to continue from.
 */
export async function stepOnNewTurns(
  options: IntentRetrainOptions & { readonly turnsMin: number; readonly steps?: StepOptions },
): Promise<IntentOutcome | undefined> {
  const { database, turnsMin, seed = 1 } = options
  const champion = await championOf(database, INTENT_TASK)
  if (champion === undefined || champion.algorithm !== 'intent' || champion.featureSet !== turnFeatures.id)
    return undefined
  const knownTo = new Date(Number(champion.data['steppedTo'] ?? champion.data['knownTo'] ?? 0))
  const all = await labelledTurns(database)
  const parameters = decodeArtefact(champion.artefact).parameters as IntentParameters
  const learning = all.filter((turn) => !isHeldOut(turn))
  const fresh = learning.filter(({ knownAt }) => knownAt > knownTo)
  const [newest] = await listModels(database, INTENT_TASK)
  // After a failed attempt, wait for more labels.
  const isTried = newest?.data['steppedTo'] === fresh.at(-1)?.knownAt.getTime()
  if (fresh.length < turnsMin || isTried) return { kind: 'too-few', turns: fresh.length, needed: turnsMin }
  const former = learning.filter(({ knownAt }) => knownAt <= knownTo).slice(-REPLAY_MAX)
  const stepped = await stepIntents(
    parameters,
    textsOfTurns(fresh, parameters.intents),
    textsOfTurns(former, parameters.intents),
    { ...(options.steps ?? defaultSteps), seed },
  )
  const heldOut = all.filter(isHeldOut)
  const steppedTo = fresh.at(-1)!.knownAt.getTime()
  return release(options, stepped.parameters, heldOut, champion, {
    kind: 'stepped',
    codeVersion: options.codeVersion,
    turns: fresh.length,
    about: {
      ...turnsFingerprint(all),
      parent: champion.id,
      freshTurns: fresh.length,
      replayedTurns: former.length,
      steps: stepped.steps,
      losses: stepped.losses,
      steppedTo,
      seed,
    },
  })
}

async function release(
  { database, seed = 1 }: IntentRetrainOptions,
  parameters: IntentParameters,
  heldOut: readonly LabelledTurn[],
  champion: StoredModel | undefined,
  made: {
    readonly kind: IntentRetraining['kind']
    readonly codeVersion: string
    readonly turns: number
    readonly about: Record<string, unknown>
  },
): Promise<IntentRetraining> {
  const artefact = encodeArtefact({
    task: INTENT_TASK,
    algorithm: 'intent',
    featureSet: turnFeatures.id,
    featureNames: turnFeatures.names,
    outputs: intentOutputs(parameters),
    parameters,
  })
  const modelId = modelIdOf(artefact)
  const data = textsOfTurns(heldOut)
  const own = await evaluateIntents(modelFrom(artefact, modelId), data)
  const other =
    champion === undefined ? undefined : await evaluateIntents(modelFrom(champion.artefact, champion.id), data)
  const difference = other === undefined ? undefined : intentLossDifference(own, other, defaultGate.confidence, seed)
  // A step is small, so a lower loss on the fixed turns suffices, without significance.
  const promote =
    difference === undefined
      ? own.accuracy > shareOfMostFrequent(data)
      : made.kind === 'stepped'
        ? difference.estimate < 0
        : difference.upper < 0
  const against =
    other === undefined
      ? 'no model is in use yet'
      : `log loss ${own.logLoss.toFixed(4)} beside ${other.logLoss.toFixed(4)} of the one in use, on ${data.count} turns that no model learns from`
  const reason = `${made.kind === 'stepped' ? `Steps on ${made.turns} new turns` : `Learned from ${made.turns} turns`}: ${against}${promote || other === undefined ? '' : '; the one in use stays'}.`
  const metrics = { accuracy: own.accuracy, logLoss: own.logLoss, fixedTurns: data.count }
  await registerModel(database, {
    id: modelId,
    task: INTENT_TASK,
    algorithm: 'intent',
    featureSet: turnFeatures.id,
    artefact: Buffer.from(artefact),
    metrics,
    data: {
      ...made.about,
      ...(other === undefined ? {} : { inUse: { accuracy: other.accuracy, logLoss: other.logLoss } }),
    },
    codeVersion: made.codeVersion,
  })
  const freeze = promote ? await freezeOf(database, INTENT_TASK) : undefined
  if (promote && freeze === undefined && champion?.id !== modelId) await promoteModel(database, modelId, reason)
  const released = promote && freeze === undefined
  return { kind: made.kind, modelId, promote: released, reason, metrics, turns: made.turns }
}

function shareOfMostFrequent({ labels, intents, count }: ReturnType<typeof textsOfTurns>): number {
  const counts = intents.map((_, label) => labels.filter((one) => one === label).length)
  return count === 0 ? 0 : Math.max(...counts) / count
}

function partsOf(all: readonly LabelledTurn[]) {
  const counts = new Map<string, number>()
  const learning = all.filter((turn) => !isHeldOut(turn))
  for (const { intent } of learning) counts.set(intent, (counts.get(intent) ?? 0) + 1)
  const intents = textsOfTurns(learning).intents.filter((intent) => counts.get(intent)! >= TURNS_OF_INTENT_MIN)
  return { learning, heldOut: all.filter(isHeldOut), intents }
}

function turnsFingerprint(all: readonly LabelledTurn[]) {
  const hash = createHash('sha256')
  for (const { id, text, intent } of all) hash.update(JSON.stringify([id, text, intent]))
  return {
    turns: all.length,
    knownTo: all.reduce((latest, { knownAt }) => Math.max(latest, knownAt.getTime()), 0),
    sha256: hash.digest('hex'),
  }
}
