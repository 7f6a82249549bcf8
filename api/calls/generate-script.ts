import { createHash } from 'node:crypto'
import type { OfferedTemplate } from '../../features/calls/scripts/script-candidates.ts'
import type { ScriptTemplate } from '../../schemas/calls/script-templates.ts'
import type { ProductValues, ScriptContent } from '../../store/calls/scripts.ts'

/** A version of a template that may be chosen, with its texts and its author. */
export interface ChoosableTemplate extends OfferedTemplate, Pick<ScriptTemplate, 'parts' | 'answers'> {
  /** null if the version is built in. */
  readonly author: string | null
}

/**
 * Generates the script of a template for a product. Its id is a hash of the content: processes that generate the same
 * script at the same moment store it once, and a changed text is always another script, which needs its own review.
 */
export function generateScript(
  { name, version, language, parts, answers, author }: ChoosableTemplate,
  productValues: ProductValues,
): ScriptContent {
  const content = [name, version, language, productValues, parts, answers]
  return {
    id: createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32),
    ...{ template: name, templateVersion: version, language, product: productValues.product_id ?? null },
    ...{ productValues, parts, answers, author },
  }
}
