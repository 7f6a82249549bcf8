import { dispositions, type Disposition } from '../../../schemas/calls/dispositions.ts'
import { versionedSetting } from '../../../schemas/platform/versioned-setting.ts'
import { defaultDispositions } from './default-dispositions.ts'

export const dispositionSetting = versionedSetting({
  name: 'disposition',
  path: '/dispositions',
  doc: 'The outcomes that a call may have, and when the customer is called again after each (docs/campaigns.md).',
  topic: dispositions,
  key: 'code',
  open: true,
  defaults: defaultDispositions,
  required: ['answeredBy', 'recycle'],
  validate: validateDisposition,
})

function validateDisposition({
  answeredBy,
  interested,
  refused,
  abandoned,
  unworkable,
  doNotCall,
  recycle,
}: Pick<Disposition, 'answeredBy' | 'interested' | 'refused' | 'abandoned' | 'unworkable' | 'doNotCall' | 'recycle'>):
  string | undefined {
  if (interested && refused) return 'A customer is `interested` or has `refused`, not both.'
  if ((interested || refused || abandoned || doNotCall) && answeredBy !== 'person')
    return 'Only a person can be interested, refuse, be abandoned or want no calls: set `answeredBy` to person.'
  if ((doNotCall || unworkable) && recycle !== null)
    return 'Who wants no calls, or is not reached by that number, is not called again: set `recycle` to null.'
  return undefined
}
