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

export function choiceSources(ports: ChoicePorts): ChoiceSources {
  const { database, settings } = ports
  return {
    database,
    templates: settingOn(settings, scriptTemplates),
    groups: settingOn(settings, targetGroups),
    products: settingOn(settings, products),
    policies: settingOn(settings, scriptChoicePolicies),
    results: cachedResults(ports),
    best: cachedBest(),
  }
}

type Options = Parameters<typeof renderScript>[4]

/**
 * Returns the script of a call, rendered for its customer: the one that was chosen before, otherwise a new choice, which
 * is recorded. Throws a problem if there is no script or the choice can’t be recorded.
 */
export async function provideScript(
  ports: ChoicePorts,
  sources: ChoiceSources,
  request: ChoiceRequest,
  options: Options,
) {
  const { database } = ports
  const { callId, customerId } = request
  const known = await chosenScript(database, callId)
  if (known !== undefined) {
    requireSame(known.choice, request)
    const script = await renderChosen(sources, known.choice, options)
    if (!known.isRecorded) await recordChoice(ports, known.choice)
    return { choice: known.choice, script }
  }
  const first = await chooseScript(sources, request)
  // Rendered before the choice is kept: a script that can't be rendered must not be chosen.
  const rendered = await renderStoredScript(database, sources.products, first.script, customerId, options)
  const { choice, isRecorded } = await saveChosenScript(database, first.choice, first.script, first.group)
  requireSame(choice, request)
  if (!isRecorded) await recordChoice(ports, choice)
  const isFirst = choice.scriptId === first.script.id
  return { choice, script: isFirst ? rendered : await renderChosen(sources, choice, options) }
}

function requireSame({ callId, customerId, language }: ScriptChoice, request: ChoiceRequest): void {
  if (customerId === request.customerId && language === request.language) return
  throw new ProblemError(
    'not-possible',
    `The call ${callId} already has a script in ${language} for the customer ${customerId}: use a different callId for another call.`,
  )
}

async function recordChoice(ports: ChoicePorts, chosen: ScriptChoice): Promise<void> {
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
  options: Options,
) {
  const stored = scriptId === null ? undefined : await storedScript(database, scriptId)
  if (stored !== undefined) return renderStoredScript(database, productSetting, stored, customerId, options)
  // A choice made before scripts were stored: rendered from the version of the template that was chosen.
  const versions = await settingVersions(database, templates, template)
  const content =
    versions.find(({ version }) => version === templateVersion)?.value ?? templates.defaults.get(template)!
  const script = await renderScript(database, productSetting, content as Draft, customerId, options)
  return { ...script, template, templateVersion }
}
