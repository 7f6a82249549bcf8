import { documented, event, identifier, nullable, timestamp, type TypeOf } from '../avro/schema.ts'
import { oneOf, wordsUpTo } from '../rules.ts'
import { topic } from '../topic.ts'
import { consentForms, contactChannels, contactPurposes } from './contact-terms.ts'

export const permissionKinds = ['consent-given', 'consent-withdrawn', 'do-not-call', 'do-not-call-lifted'] as const

export const ContactPermission = event(
  'ContactPermission',
  'What a customer said about being contacted. Event time is when the customer said it.',
  {
    customerId: identifier,
    kind: documented(`${permissionKinds.join(', ')}.`, oneOf(permissionKinds)),
    purpose: documented('null: for every purpose.', nullable(oneOf(contactPurposes))),
    channel: documented('null: by every channel.', nullable(oneOf(contactChannels))),
    form: documented(
      'How a consent was given; null: not known, so it does where any consent is enough.',
      nullable(oneOf(consentForms)),
    ),
    expiresAt: documented('When a consent ends; null: when it is withdrawn.', nullable(timestamp)),
    evidence: documented(
      'Where it can be proved: a recording, a document, a public register.',
      nullable(wordsUpTo(1_000)),
    ),
  },
)
export type ContactPermission = TypeOf<typeof ContactPermission>

export const contactPermissions = topic<ContactPermission>({
  name: 'contact-permissions',
  schema: ContactPermission,
  key: 'customerId',
  keyOf: ({ customerId }) => customerId,
  retention: { days: 3650 },
  role: 'input',
  producer: 'CRM, call centre, public do-not-call registers',
})
