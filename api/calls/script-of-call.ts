import { products } from '../../schemas/calls/products.ts'
import { scriptChoicePolicies } from '../../schemas/calls/script-choice-policies.ts'
import { scriptChoices, type ScriptChoice } from '../../schemas/calls/script-choices.ts'
import { scriptTemplates } from '../../schemas/calls/script-templates.ts'
import { targetGroups } from '../../schemas/calls/target-groups.ts'
import type { Topic } from '../../schemas/topic.ts'
import { chosenScript, markRecorded, saveChosenScript } from '../../store/calls/chosen-scripts.ts'
import { storedScript } from '../../store/calls/scripts.ts'
import { settingVersions } from '../../store/versioned-settings.ts'
import { ProblemError } from '../http/problem.ts'
import type { ApiPorts } from '../ports.ts'
import { settingOn } from '../versioned-settings.ts'
import { chooseScript, type ChoiceRequest, type ChoiceSources } from './choose-script.ts'
import { publishAll } from './publish-all.ts'
import { renderScript, renderStoredScript, type Draft } from './rendered-script.ts'
import { cachedBest, cachedResults } from './script-evidence.ts'

export type ChoicePorts = Pick<ApiPorts, 'database' | 'publish' | 'settings' | 'simulatedClock'>
type ScriptOptions = Parameters<typeof renderScript>[4]
type Rendered = Awaited<ReturnType<typeof renderScript>>

export interface ScriptOfCall {
  readonly choice: ScriptChoice
  readonly script: Rendered & { readonly template: string; readonly templateVersion: number }
}

/**
 * Returns a function that chooses the script of a call, records the choice, and renders the script. A repeated request
 * for a call gets the same script.
 */
export function scriptChooser(
  ports: ChoicePorts,
): (request: ChoiceRequest, options: ScriptOptions) => Promise<ScriptOfCall> {
  const { database, settings } = ports
  const sources: ChoiceSources = {
    database,
    templates: settingOn(settings, scriptTemplates),
    groups: settingOn(settings, targetGroups),
    products: settingOn(settings, products),
    policies: settingOn(settings, scriptChoicePolicies),
    results: cachedResults(ports),
    best: cachedBest(),
  }
  return async (request, options) => {
    const known = await chosenScript(database, request.callId)
    if (known !== undefined) {
      requireSameCall(known.choice, request)
      const script = await renderChosen(sources, known.choice, options)
      if (!known.isRecorded) await publishChoice(ports, known.choice)
      return { choice: known.choice, script }
    }
    const first = await chooseScript(sources, request)
    // Rendered before the choice is kept: a script that can't be rendered must not be chosen.
    const rendered = await renderStoredScript(database, sources.products, first.script, request.customerId, options)
    const { choice, isRecorded } = await saveChosenScript(database, first.choice, first.script, first.group)
    requireSameCall(choice, request)
    if (!isRecorded) await publishChoice(ports, choice)
    const isFirst = choice.scriptId === first.script.id
    return { choice, script: isFirst ? rendered : await renderChosen(sources, choice, options) }
  }
}

/** Throws a problem if the id belongs to the call of another customer, or in another language. */
export function requireSameCall(
  { callId, customerId, language }: Pick<ScriptChoice, 'callId' | 'customerId' | 'language'>,
  request: Pick<ChoiceRequest, 'customerId' | 'language'>,
): void {
  if (customerId === request.customerId && language === request.language) return
  throw new ProblemError(
    'not-possible',
    `The call ${callId} already has a script in ${language} for the customer ${customerId}: use a different callId for another call.`,
  )
}

async function publishChoice(ports: ChoicePorts, chosen: ScriptChoice): Promise<void> {
  await publishAll(
    ports,
    scriptChoices as Topic,
    [chosen],
    'The choice can’t be recorded now, send the same request again',
  )
  await markRecorded(ports.database, chosen.callId, new Date())
}

async function renderChosen(
  { database, templates, products: productSetting }: ChoiceSources,
  { customerId, template, templateVersion, scriptId }: ScriptChoice,
  options: ScriptOptions,
): Promise<ScriptOfCall['script']> {
  const stored = scriptId === null ? undefined : await storedScript(database, scriptId)
  if (stored !== undefined) return renderStoredScript(database, productSetting, stored, customerId, options)
  // A choice made before scripts were stored: rendered from the version of the template that was chosen.
  const versions = await settingVersions(database, templates, template)
  const content =
    versions.find(({ version }) => version === templateVersion)?.value ?? templates.defaults.get(template)!
  const script = await renderScript(database, productSetting, content as Draft, customerId, options)
  return { ...script, template, templateVersion }
}
