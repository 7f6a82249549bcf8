import { documented, event, identifier, nullable, personal, timestamp, type TypeOf } from '../avro/schema.ts'
import { oneOf, textUpTo } from '../rules.ts'
import { topic } from '../topic.ts'
import { consentForms, contactChannels, contactPurposes } from './contact-terms.ts'
import { byKey } from '../persons.ts'

export const permissionKinds = ['consent-given', 'consent-withdrawn', 'do-not-call', 'do-not-call-lifted'] as const

export const ContactPermission = event(
  'ContactPermission',
  'A customer’s consent or objection to being contacted. Event time is when the customer stated it.',
  {
    customerId: identifier,
    kind: documented(`${permissionKinds.join(', ')}.`, oneOf(permissionKinds)),
    purpose: documented('Purpose that it applies to; null: every purpose.', nullable(oneOf(contactPurposes))),
    channel: documented('Channel that it applies to; null: every channel.', nullable(oneOf(contactChannels))),
    form: documented(
      'Form in which consent was given; null if unknown, which is enough only where any form is.',
      nullable(oneOf(consentForms)),
    ),
    expiresAt: documented('When a consent expires; null: not until it is withdrawn.', nullable(timestamp)),
    evidence: personal(
      'texts',
      documented('Proof of the statement: a recording, a document, a public register.', nullable(textUpTo(1_000))),
    ),
  },
)
export type ContactPermission = TypeOf<typeof ContactPermission>

export const contactPermissions = topic<ContactPermission>({
  name: 'contact-permissions',
  schema: ContactPermission,
  key: 'customerId',
  persons: byKey,
  keyOf: ({ customerId }) => customerId,
  retention: { days: 3650 },
  role: 'input',
  producer: 'CRM, call centre, public do-not-call registers',
})
