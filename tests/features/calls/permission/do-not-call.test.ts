import { questionOf, refusedBy, said } from './questions.ts'

const asked = (permissions: Parameters<typeof said>[]) =>
  refusedBy(questionOf({ customer: { permissions: permissions.map((one) => said(...one)) } }))
const AFTER = Date.UTC(2027, 0, 1)

test.each<[string | undefined, Parameters<typeof said>[]]>([
  ['do-not-call', [['do-not-call', 1]]],
  ['do-not-call', [['do-not-call', 1, { purpose: 'marketing', channel: 'call' }]]],
  // The do-not-call is for another purpose or channel.
  [undefined, [['do-not-call', 1, { purpose: 'collection' }]]],
  [undefined, [['do-not-call', 1, { channel: 'automated-call' }]]],
  // The do-not-call is lifted for the same scope or a wider one, or stated again.
  [
    undefined,
    [
      ['do-not-call', 1],
      ['do-not-call-lifted', 2],
    ],
  ],
  [
    undefined,
    [
      ['do-not-call', 1, { purpose: 'marketing' }],
      ['do-not-call-lifted', 2],
    ],
  ],
  [
    'do-not-call',
    [
      ['do-not-call', 1],
      ['do-not-call-lifted', 2],
      ['do-not-call', 3],
    ],
  ],
  // The do-not-call is lifted for a narrower scope, at the same moment, or not yet.
  [
    'do-not-call',
    [
      ['do-not-call', 1],
      ['do-not-call-lifted', 2, { purpose: 'marketing' }],
    ],
  ],
  [
    'do-not-call',
    [
      ['do-not-call', 2],
      ['do-not-call-lifted', 2],
    ],
  ],
  [
    'do-not-call',
    [
      ['do-not-call', 1],
      ['do-not-call-lifted', AFTER],
    ],
  ],
  // An event time ahead of the clock does not delay a do-not-call.
  ['do-not-call', [['do-not-call', AFTER]]],
  // A consent does not lift a do-not-call.
  [
    'do-not-call',
    [
      ['do-not-call', 1],
      ['consent-given', 2, { form: 'written' }],
    ],
  ],
])('%s: %j', (rule, permissions) => expect(asked(permissions)).toBe(rule))
