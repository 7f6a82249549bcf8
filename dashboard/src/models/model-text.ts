import type { ApiResponse, Model } from '../api.ts'
import type { Estimate } from '../format.ts'
import { number, title } from '../format.ts'
import { t } from '../words/words.ts'

export const MODELS = 'models'

export type ModelTask = ApiResponse<'/model-tasks'>['items'][number]
export type ModelAct = ModelTask['acts'][number]

/** The first digits of a model's id, enough to tell models apart. */
export function shortId(id: string): string {
  return id.slice(0, 10)
}

/** The state of a model as a tag. */
export function modelState({ status, canaryShare }: Pick<Model, 'status' | 'canaryShare'>): {
  readonly label: string
  readonly tone: string
} {
  if (status === 'canary')
    return { label: t('models.canaryForOfCustomers', { value: number(100 * (canaryShare ?? 0)) }), tone: 'warn' }
  return { label: title(status), tone: status === 'champion' ? 'good' : '' }
}

/** The decision of the gate in a few words. */
export function gateText(gate: Model['gate']): string {
  if (gate === null) return t('models.notAsked')
  if (gate.passed) return t('models.passed')
  return gate.held ? t('models.heldForAPerson') : t('models.notPassed')
}

type ModelReport = ApiResponse<'/model-reports'>['items'][number]

/** A bound of the gate that a model in use does not keep, in a few words. */
export function warningText(rule: ModelReport['warnings'][number]['rule']): string {
  const words: Record<typeof rule, string> = {
    inputs: t('models.inputsDiffer'),
    missing: t('models.moreIsMissing'),
    scores: t('models.scoresMoved'),
    calibration: t('models.badlyCalibrated'),
    loss: t('models.lossRose'),
    age: t('models.old'),
  }
  return words[rule]
}

/** How much an input changed, in a word. */
export function bandText(band: 'moderate' | 'large'): string {
  return { moderate: t('models.changeModerate'), large: t('models.changeLarge') }[band]
}

/** What was done, as a sentence without its end: “Ann promoted a1b2c3d4e5”. */
export function actText({ act, by, modelId }: ModelAct): string {
  const who = by === 'scoreline' ? t('models.thePlatform') : by
  const what = modelId === null ? t('models.theTask') : shortId(modelId)
  const done: Record<ModelAct['act'], string> = {
    promote: t('models.promoted', { what }),
    rollback: t('models.rolledBackTo', { what }),
    shadow: t('models.putOnTrialAsAShadow', { what }),
    canary: t('models.putOnTrialAsACanary', { what }),
    withdraw: t('models.endedTheTrialOf', { what }),
    hold: t('models.heldBack', { what }),
    warn: t('models.warnedOf', { what }),
    freeze: t('models.froze', { what }),
    unfreeze: t('models.unfroze', { what }),
  }
  return t('models.act', { who, done: done[act] })
}

/** How much more loss a model has than the best of those trained with it; null if it is the best, or alone. */
export function lossBeyond({ id, data }: Pick<Model, 'id' | 'data'>): Estimate | null {
  const candidates = (data['candidates'] ?? []) as readonly {
    readonly modelId: string
    readonly lossBeyond?: { readonly estimate: number; readonly lower: number; readonly upper: number } | null
  }[]
  const beyond = candidates.find(({ modelId }) => modelId === id)?.lossBeyond
  return beyond === null || beyond === undefined
    ? null
    : { value: beyond.estimate, lower: beyond.lower, upper: beyond.upper }
}
