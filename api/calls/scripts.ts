import { Type, type TSchema } from 'typebox'
import { validateScript } from '../../features/calls/scripts/validate-script.ts'
import { products } from '../../schemas/calls/products.ts'
import { scriptTemplates, type ScriptTemplate } from '../../schemas/calls/script-templates.ts'
import type { VersionedSetting } from '../../schemas/platform/versioned-setting.ts'
import { invalidBody, ProblemError, problems } from '../http/problem.ts'
import { Name } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { checkedValue, activeSetting, settingOn, valueSchema } from '../versioned-settings.ts'
import { scriptOptions, RenderedScript, renderScript, type Draft } from './rendered-script.ts'

interface Settings {
  readonly template: VersionedSetting
  readonly product: VersionedSetting
}

/** Routes that render a script for a customer, from a template in use or from a draft. */
export function scriptsRoutes(server: Server, ports: ApiPorts): void {
  const settings = {
    template: settingOn(ports.settings, scriptTemplates),
    product: settingOn(ports.settings, products),
  }
  scriptRoute(server, ports, settings)
  previewRoute(server, ports, settings)
}

function scriptRoute(server: Server, { database }: ApiPorts, settings: Settings): void {
  server.get(
    '/customers/:id/script',
    {
      config: { access: 'read-customers' },
      schema: {
        tags: ['calls'],
        summary: 'A template in use, rendered for a customer: parts of the call, and answers to objections',
        params: Type.Object({ id: Name }),
        querystring: Type.Object({ template: Name, ...scriptOptions }, { additionalProperties: false }),
        response: { 200: RenderedScript, ...problems('invalid-request', 'not-found') },
      },
    },
    async ({ params: { id }, query: { template: name, ...rest } }) => {
      const { version, value } = await activeSetting(database, settings.template, name)
      const template = value as ScriptTemplate
      if (template.retired) throw new ProblemError('not-found', `The template ${JSON.stringify(name)} is retired.`)
      const script = await renderScript(database, settings.product, template, id, rest)
      return { ...script, template: name, templateVersion: version }
    },
  )
}

function previewRoute(server: Server, { database }: ApiPorts, settings: Settings): void {
  const { template: setting } = settings
  server.post(
    '/script-templates/preview',
    {
      config: { access: 'read-customers' },
      schema: {
        tags: ['calls'],
        summary: 'A draft template, rendered for a customer; nothing is stored',
        body: Type.Object(
          {
            template: Type.Unsafe<Record<string, unknown>>(valueSchema(setting) as TSchema),
            customerId: Name,
            ...scriptOptions,
          },
          { additionalProperties: false },
        ),
        response: { 200: RenderedScript, ...problems('invalid-request', 'not-found') },
      },
    },
    async ({ body: { template, customerId, ...rest } }) => {
      const draft = checkedValue(setting, 'draft', template) as Draft
      const fault = validateScript(draft)
      if (fault !== undefined) throw invalidBody(fault, '/template')
      const script = await renderScript(database, settings.product, draft, customerId, rest)
      return { ...script, template: null, templateVersion: null }
    },
  )
}
