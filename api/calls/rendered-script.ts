import { Type, type Static } from 'typebox'
import { compileScript, type Script } from '../../features/calls/scripts/compile-script.ts'
import type { ScriptValues } from '../../features/calls/scripts/placeholders.ts'
import { TemplateError, type OutputFormat } from '../../features/calls/scripts/template-language.ts'
import { objections, type ScriptTemplate } from '../../schemas/calls/script-templates.ts'
import type { VersionedSetting } from '../../schemas/platform/versioned-setting.ts'
import type { ScriptContent } from '../../store/calls/scripts.ts'
import type { Database } from '../../store/database.ts'
import { invalidBody } from '../http/problem.ts'
import { personal } from '../http/personal.ts'
import { Name, nullable } from '../http/schema-parts.ts'
import { callValues, scriptValues } from './script-values.ts'

const renderedFields = {
  text: personal('names', Type.String()),
  simpler: personal('names', nullable(Type.String(), 'The same in simpler words, if the template has them.')),
  usesFallback: Type.Boolean({ description: 'Whether the fallback text is used because a value is missing.' }),
}
export const RenderedScript = Type.Object({
  customerId: Type.String(),
  template: nullable(Type.String(), 'Name of the template; null for a draft.'),
  templateVersion: nullable(Type.Integer()),
  language: Type.String(),
  product: nullable(
    Type.String(),
    'Product that the call is about; null if no offered product is known to interest the customer.',
  ),
  parts: Type.Array(
    Type.Object({
      id: Type.String(),
      ...renderedFields,
      required: Type.Boolean({
        description: 'Whether it must be said in every call, and repeated if it was interrupted.',
      }),
      answeredBy: Type.Array(Type.String(), {
        description: 'Intents and words with which the customer answers it before it is said; it is then skipped.',
      }),
    }),
  ),
  answers: Type.Array(Type.Object({ objection: Type.Enum([...objections]), ...renderedFields })),
})

export const scriptOptions = {
  product: Type.Optional({ ...Name, description: 'Default: the offered product that interests the customer most.' }),
  agent: Type.Optional(Type.String({ maxLength: 200, description: 'Name of the agent who calls.' })),
  spokenAs: Type.Optional(
    Type.Enum(['text', 'markup'], {
      description: 'With markup, characters that are special in SSML are escaped in values. Default: text.',
    }),
  ),
}
type ScriptOptions = Static<ReturnType<typeof Type.Object<typeof scriptOptions>>>

export type Draft = Pick<ScriptTemplate, 'language' | 'products' | 'parts' | 'answers'>

/**
 * Renders a template for a customer. Throws a problem if the template is invalid, or the customer or product unknown.
 */
export async function renderScript(
  database: Database,
  productSetting: VersionedSetting,
  template: Draft,
  customerId: string,
  { product, agent, spokenAs = 'text' }: ScriptOptions,
) {
  const values = await scriptValues(database, productSetting, template, { customerId, product, agent })
  const { language } = template
  const script = renderTemplate(template, values, spokenAs)
  return { customerId, language, product: values.product_id ?? null, ...contentOf(script) }
}

function contentOf({ parts, answers }: Script) {
  return { parts: parts.map((part) => ({ ...part, answeredBy: [...part.answeredBy] })), answers: [...answers] }
}

/**
 * Renders a script of the script database for a customer. Throws a problem if it can’t be rendered, or the customer is
 * unknown.
 */
export async function renderStoredScript(
  database: Database,
  productSetting: VersionedSetting,
  { template, templateVersion, language, productValues, parts, answers }: ScriptContent,
  customerId: string,
  { agent, spokenAs = 'text' }: Pick<ScriptOptions, 'agent' | 'spokenAs'>,
) {
  const { customer } = await callValues(database, productSetting, language, { customerId, agent })
  const script = renderTemplate({ parts, answers }, { ...customer, ...productValues }, spokenAs)
  return {
    ...{ customerId, template, templateVersion, language, product: productValues.product_id ?? null },
    ...contentOf(script),
  }
}

function renderTemplate(
  template: Pick<Draft, 'parts' | 'answers'>,
  values: ScriptValues,
  spokenAs: OutputFormat,
): Script {
  try {
    return compileScript(template, spokenAs).render(values)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw invalidBody(`The template can’t be rendered for this customer: ${error.message}.`)
  }
}
