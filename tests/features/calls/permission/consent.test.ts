import type { ConsentForm } from '../../../../schemas/calls/contact-terms.ts'
import { lawOf, NOON, questionOf, refusedBy, said } from './questions.ts'

const asked = (consentForm: ConsentForm | null, permissions: Parameters<typeof said>[]) =>
  refusedBy(
    questionOf({ law: lawOf({}, { consentForm }), customer: { permissions: permissions.map((one) => said(...one)) } }),
  )

test.each<[string | undefined, ConsentForm | null, Parameters<typeof said>[]]>([
  [undefined, null, []],
  ['consent', 'implied', []],
  [undefined, 'oral', [['consent-given', 1, { form: 'oral' }]]],
  [undefined, 'oral', [['consent-given', 1, { form: 'written', purpose: 'marketing', channel: 'call' }]]],
  // Too weak, or of a form that is not known.
  ['consent', 'electronic', [['consent-given', 1, { form: 'oral' }]]],
  ['consent', 'oral', [['consent-given', 1]]],
  [undefined, 'implied', [['consent-given', 1]]],
  // For another purpose or channel.
  ['consent', 'oral', [['consent-given', 1, { form: 'oral', purpose: 'service' }]]],
  ['consent', 'oral', [['consent-given', 1, { form: 'oral', channel: 'email' }]]],
  // Expired, or not given yet.
  ['consent', 'oral', [['consent-given', 1, { form: 'oral', expiresAt: NOON }]]],
  [undefined, 'oral', [['consent-given', 1, { form: 'oral', expiresAt: NOON + 1 }]]],
  ['consent', 'oral', [['consent-given', NOON + 1, { form: 'oral' }]]],
  // Withdrawn, also where none is needed; given again.
  [
    'consent',
    'oral',
    [
      ['consent-given', 1, { form: 'oral' }],
      ['consent-withdrawn', 1],
    ],
  ],
  ['consent', null, [['consent-withdrawn', 1, { purpose: 'marketing' }]]],
  [undefined, null, [['consent-withdrawn', 1, { purpose: 'service' }]]],
  [
    undefined,
    null,
    [
      ['consent-withdrawn', 1],
      ['consent-given', 2],
    ],
  ],
  [
    undefined,
    'oral',
    [
      ['consent-withdrawn', 1],
      ['consent-given', 2, { form: 'oral' }],
    ],
  ],
])('%s: %s needed, %j', (rule, needed, permissions) => expect(asked(needed, permissions)).toBe(rule))
