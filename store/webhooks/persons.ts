import { byBytes, type PersonTables } from '../persons.ts'

export const webhookPersons: PersonTables = { unmapped_webhooks: byBytes('body') }
