import type { ApiResponse } from '../../api.ts'
import { duration, percent, type Estimate } from '../../format.ts'
import { labelOf, type Label } from '../../label.ts'
import { t } from '../../words/words.ts'

export type GroupResult = ApiResponse<'/script-quality/groups'>['items'][number]
export type Retirement = ApiResponse<'/script-retirements'>['items'][number]

const statuses = (): Readonly<Record<string, Label>> => ({
  chosen: { label: t('scripts.inUse'), tone: 'good' },
  retired: { label: t('scripts.retired'), tone: 'bad' },
  replaced: { label: t('scripts.replacedByANewerVersion'), tone: '' },
  unreviewed: { label: t('scripts.notReviewed'), tone: 'warn' },
  approved: { label: t('scripts.approved'), tone: 'good' },
  rejected: { label: t('scripts.rejected'), tone: 'bad' },
})

/** Returns the label of a status of a script, in a group or of its review. */
export function statusLabel(status: string): Label {
  return labelOf(statuses(), status)
}

export function versionText(template: string, version: number): string {
  return version === 0 ? t('scripts.builtInVersion2', { template }) : t('scripts.version', { template, version })
}

export function groupText(targetGroup: string | null): string {
  return targetGroup === null ? t('scripts.customersInNoTargetGroup') : t('scripts.targetGroup', { targetGroup })
}

/** Formats a talk time in seconds. */
export function seconds(value: number): string {
  return duration(1_000 * value)
}

/** Splits results by target group and language: customers in no group first, scripts in use first in each. */
export function byGroup(results: readonly GroupResult[]): readonly (readonly GroupResult[])[] {
  const order = ['chosen', 'retired', 'replaced']
  const groups = new Map<string, GroupResult[]>()
  for (const one of results) {
    const key = JSON.stringify([one.targetGroup ?? '', one.language])
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, rows]) => rows.sort((one, other) => order.indexOf(one.status) - order.indexOf(other.status)))
}

function soldText(converted: number, decided: number): string {
  if (decided === 0) return t('scripts.noCallWithAKnownOutcome')
  return t('scripts.ofCallsConverted', { converted, decided, rate: percent(converted / decided) })
}

/** Describes the figures behind a decision, and those of the scripts that it was compared with. */
export function retirementTexts({ converted, decided, probabilityBest, bound, peers }: Retirement) {
  const chance =
    probabilityBest === null
      ? t('scripts.tooFewCallsToCompareIt')
      : t('scripts.likelyToBeTheBestBelow', { probabilityBest: percent(probabilityBest), bound: percent(bound) })
  return {
    own: `${soldText(converted, decided)}, ${chance}`,
    peers: peers.map(
      (peer) => `${versionText(peer.template, peer.templateVersion)}: ${soldText(peer.converted, peer.decided)}`,
    ),
  }
}

/** Says what an estimated uplift means. */
export function upliftLabel(uplift: Estimate | null): Label {
  if (uplift === null || uplift.lower === null || uplift.upper === null)
    return { label: t('scripts.tooFewCallsToTell'), tone: '' }
  if (uplift.lower > 0) return { label: t('scripts.wouldConvertMore'), tone: 'good' }
  if (uplift.upper < 0) return { label: t('scripts.wouldConvertLess'), tone: 'bad' }
  return { label: t('scripts.noClearDifference'), tone: '' }
}
