import { webhooksRoutes } from '../api/webhooks/webhooks-routes.ts'
import { webhookSourceSetting } from '../processors/webhooks/webhook-source-setting.ts'
import { unmappedWebhooks } from '../schemas/webhooks/unmapped-webhooks.ts'
import { webhookSources } from '../schemas/webhooks/webhook-sources.ts'
import { unmappedWebhooksWriter } from '../store/webhooks/unmapped-webhooks.ts'
import { webhookPersons } from '../store/webhooks/persons.ts'
import type { Subject } from './subject.ts'

/** How other systems send events: signed webhooks, mapped by configuration. */
export const webhooks: Subject = {
  name: 'webhooks',
  topics: [webhookSources, unmappedWebhooks],
  settings: [webhookSourceSetting],
  writers: [unmappedWebhooksWriter],
  personTables: webhookPersons,
  routes: [webhooksRoutes],
}
