import { validateContactRules } from '../../../features/calls/permission/validate-contact-rules.ts'
import { contactRules } from '../../../schemas/calls/contact-rules.ts'
import { versionedSetting } from '../../../schemas/platform/versioned-setting.ts'
import { chinaRules } from './china-rules.ts'
import { euRules } from './eu-rules.ts'
import { russiaRules } from './russia-rules.ts'
import { usRules } from './us-rules.ts'

export const contactRuleSetting = versionedSetting({
  name: 'set of contact rules',
  path: '/contact-rules',
  doc: 'When, how often and for what customers of a jurisdiction may be called (docs/contact-rules.md). Not legal advice.',
  topic: contactRules,
  key: 'jurisdiction',
  open: true,
  defaults: new Map([
    ['us', usRules],
    ['eu', euRules],
    ['ru', russiaRules],
    ['cn', chinaRules],
  ]),
  required: ['sources', 'timeZones', 'holidays', 'holidaysUntil', 'rules'],
  validate: (law) => (law.retired ? undefined : validateContactRules(law)),
})
