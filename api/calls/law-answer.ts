import { Type, type Static } from 'typebox'
import { ruleFor } from '../../features/calls/permission/circumstances.ts'
import type { PermissionQuestion } from '../../features/calls/permission/question.ts'
import { nullable } from '../http/schema-parts.ts'

/** Response fields for what the contact rules require of a call. */
export const lawFields = {
  rulesVersion: nullable(Type.Integer(), 'Of the contact rules; null: there are none.'),
  announcement: nullable(Type.String(), 'What must be said at the beginning of a call.'),
  label: nullable(Type.String(), 'What the display of the called telephone must show.'),
}
type LawAnswer = { [Field in keyof typeof lawFields]: Static<(typeof lawFields)[Field]> }

export function lawAnswer(
  law: PermissionQuestion['law'],
  call: Pick<PermissionQuestion, 'purpose' | 'channel'>,
): LawAnswer {
  const rule = law === undefined ? undefined : ruleFor(law.value, call)
  return { rulesVersion: law?.version ?? null, announcement: rule?.announcement ?? null, label: rule?.label ?? null }
}
