import { Type, type Static } from 'typebox'
import { ruleFor } from '../../features/calls/permission/circumstances.ts'
import type { PermissionRequest } from '../../features/calls/permission/permission-request.ts'
import { nullable } from '../http/schema-parts.ts'

/** Response fields for what the contact rules require of a call. */
export const lawFields = {
  rulesVersion: nullable(Type.Integer(), 'Version of the contact rules; null if there are none.'),
  announcement: nullable(Type.String(), 'Announcement that the call must begin with.'),
  label: nullable(Type.String(), 'Text that the called telephone must display.'),
}
type LawAnswer = { [Field in keyof typeof lawFields]: Static<(typeof lawFields)[Field]> }

export function lawAnswer(
  law: PermissionRequest['law'],
  call: Pick<PermissionRequest, 'purpose' | 'channel'>,
): LawAnswer {
  const rule = law === undefined ? undefined : ruleFor(law.value, call)
  return { rulesVersion: law?.version ?? null, announcement: rule?.announcement ?? null, label: rule?.label ?? null }
}
