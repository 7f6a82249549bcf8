import type { ApiResponse } from '../../api.ts'
import { count, estimateText, percent, title } from '../../format.ts'
import { versionText } from './script-text.ts'

export type Revision = ApiResponse<'/script-revisions'>['items'][number]

/** Names a part of a script, or an answer to an objection. */
function partText(partId: string): string {
  const [, objection] = /^answer:(.+)$/.exec(partId) ?? []
  return objection === undefined ? title(partId) : `Answer to the objection “${title(objection).toLowerCase()}”`
}

export function revisionTitle({ partId, template, templateVersion }: Revision): string {
  return `${partText(partId)} in ${versionText(template, templateVersion)}`
}

export function confusionText({ calls, confused, confusionRate }: Revision): string {
  const rate = confusionRate === null ? '' : `, ${estimateText(confusionRate, percent)}`
  return `Not understood in ${count(confused)} of ${count(calls)} calls${rate}`
}
