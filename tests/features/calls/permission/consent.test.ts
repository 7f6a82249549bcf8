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
  // The consent is too weak, or its form is unknown.
  ['consent', 'electronic', [['consent-given', 1, { form: 'oral' }]]],
  ['consent', 'oral', [['consent-given', 1]]],
  [undefined, 'implied', [['consent-given', 1]]],
  // The consent is for another purpose or channel.
  ['consent', 'oral', [['consent-given', 1, { form: 'oral', purpose: 'service' }]]],
  ['consent', 'oral', [['consent-given', 1, { form: 'oral', channel: 'email' }]]],
  // The consent has expired, or is not given yet.
  ['consent', 'oral', [['consent-given', 1, { form: 'oral', expiresAt: NOON }]]],
  [undefined, 'oral', [['consent-given', 1, { form: 'oral', expiresAt: NOON + 1 }]]],
  ['consent', 'oral', [['consent-given', NOON + 1, { form: 'oral' }]]],
  // The consent is withdrawn, also where none is needed, or given again.
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
