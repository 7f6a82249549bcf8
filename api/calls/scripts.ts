import { Type, type Static, type TSchema } from 'typebox'
import { compileScript, type Script } from '../../features/calls/scripts/compile-script.ts'
import type { ScriptValues } from '../../features/calls/scripts/placeholders.ts'
import { scriptFault } from '../../features/calls/scripts/script-fault.ts'
import { TemplateError, type SpokenAs } from '../../features/calls/scripts/template-language.ts'
import { products } from '../../schemas/calls/products.ts'
import { objections, scriptTemplates, type ScriptTemplate } from '../../schemas/calls/script-templates.ts'
import type { VersionedSetting } from '../../schemas/platform/versioned-setting.ts'
import type { Database } from '../../store/database.ts'
import { invalidBody, ProblemError, problems } from '../http/problem.ts'
import { Name, nullable } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { checkedValue, settingInForce, settingOn, valueSchema } from '../versioned-settings.ts'
import { scriptValues } from './script-values.ts'

const said = {
  text: Type.String(),
  simpler: nullable(Type.String(), 'In simpler words; null: there are none.'),
  usesFallback: Type.Boolean({ description: 'A value was missing: the stated fallback is said.' }),
}
const SaidScript = Type.Object({
  customerId: Type.String(),
  template: nullable(Type.String(), 'null: a draft.'),
  templateVersion: nullable(Type.Integer()),
  language: Type.String(),
  product: nullable(
    Type.String(),
    'What the call is about; null: none is offered that is known to interest the customer.',
  ),
  parts: Type.Array(
    Type.Object({
      id: Type.String(),
      ...said,
      required: Type.Boolean({ description: 'Said in every call, and again if it was interrupted.' }),
    }),
  ),
  answers: Type.Array(Type.Object({ objection: Type.Enum([...objections]), ...said })),
})

const asked = {
  product: Type.Optional({ ...Name, description: 'Default: the offered product that interests the customer most.' }),
  agent: Type.Optional(Type.String({ maxLength: 200, description: 'Who calls.' })),
  spokenAs: Type.Optional(
    Type.Enum(['text', 'markup'], {
      description: 'markup: characters that mean something in SSML are escaped in values. Default: text.',
    }),
  ),
}
type Asked = Static<ReturnType<typeof Type.Object<typeof asked>>>

type Draft = Pick<ScriptTemplate, 'language' | 'products' | 'parts' | 'answers'>

interface Settings {
  readonly template: VersionedSetting
  readonly product: VersionedSetting
}

/** What would be said to a customer, by a template in use or by a draft. */
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
        summary: 'What a template in use says to a customer: parts of the call, and answers to objections',
        params: Type.Object({ id: Name }),
        querystring: Type.Object({ template: Name, ...asked }, { additionalProperties: false }),
        response: { 200: SaidScript, ...problems('invalid-request', 'not-found') },
      },
    },
    async ({ params: { id }, query: { template: name, ...rest } }) => {
      const { version, value } = await settingInForce(database, settings.template, name)
      const template = value as ScriptTemplate
      if (template.retired) throw new ProblemError('not-found', `The template ${JSON.stringify(name)} is retired.`)
      const script = await scriptFor(database, settings, template, id, rest)
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
        summary: 'What a draft of a template would say to a customer; nothing is stored',
        body: Type.Object(
          {
            template: Type.Unsafe<Record<string, unknown>>(valueSchema(setting) as TSchema),
            customerId: Name,
            ...asked,
          },
          { additionalProperties: false },
        ),
        response: { 200: SaidScript, ...problems('invalid-request', 'not-found') },
      },
    },
    async ({ body: { template, customerId, ...rest } }) => {
      const draft = checkedValue(setting, 'draft', template) as ScriptTemplate
      const fault = scriptFault(draft)
      if (fault !== undefined) throw invalidBody(fault, '/template')
      const script = await scriptFor(database, settings, draft, customerId, rest)
      return { ...script, template: null, templateVersion: null }
    },
  )
}

async function scriptFor(
  database: Database,
  settings: Settings,
  template: Draft,
  customerId: string,
  { product, agent, spokenAs = 'text' }: Asked,
) {
  const values = await scriptValues(database, settings.product, template, { customerId, product, agent })
  const { language } = template
  const { parts, answers } = say(template, values, spokenAs)
  return { customerId, language, product: values.product_id ?? null, parts: [...parts], answers: [...answers] }
}

function say(template: Draft, values: ScriptValues, spokenAs: SpokenAs): Script {
  try {
    return compileScript(template, spokenAs).sayTo(values)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw invalidBody(`The template can’t be said to this customer: ${error.message}.`)
  }
}
