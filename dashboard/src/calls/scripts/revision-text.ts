import type { ApiResponse } from '../../api.ts'
import { estimateText, percent, title } from '../../format.ts'
import { versionText } from './script-text.ts'
import { t } from '../../words/words.ts'

export type Revision = ApiResponse<'/script-revisions'>['items'][number]

/** Names a part of a script, or an answer to an objection. */
function partText(partId: string): string {
  const [, objection] = /^answer:(.+)$/.exec(partId) ?? []
  return objection === undefined
    ? title(partId)
    : t('scripts.answerToTheObjection', { objection: title(objection).toLowerCase() })
}

export function revisionTitle({ partId, template, templateVersion }: Revision): string {
  return t('scripts.partIn', { part: partText(partId), version: versionText(template, templateVersion) })
}

export function confusionText({ calls, confused, confusionRate }: Revision): string {
  const rate = confusionRate === null ? '' : `, ${estimateText(confusionRate, percent)}`
  return t('scripts.notUnderstoodInOfCalls', { confused, calls, rate })
}
