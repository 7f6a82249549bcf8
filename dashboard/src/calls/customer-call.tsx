import { useState } from 'preact/hooks'
import { apiUrl } from '../api.ts'
import type { CustomerTab, CustomerTabProps } from '../customers/customer-tab.ts'
import { Empty, Failure } from '../parts.tsx'
import { useResource } from '../use-resource.ts'
import { MayBeCalled } from './may-be-called.tsx'
import { RenderedScript } from './rendered-script.tsx'
import { t } from '../words/words.ts'

/** Tab with whether the customer may be called, what to say, and the customer's target groups. */
export const customerCall: CustomerTab = { path: 'call', title: 'common.call', View: CustomerCall }

function CustomerCall(props: CustomerTabProps) {
  return (
    <>
      <MayBeCalled {...props} />
      <WhatToSay {...props} />
      <Groups {...props} />
    </>
  )
}

function WhatToSay({ customer: { customerId } }: CustomerTabProps) {
  const templates = useResource(apiUrl('/script-templates'))
  const inUse = templates.data?.items.filter(({ retired }) => !retired) ?? []
  const [chosen, setChosen] = useState<string>()
  const first = inUse.find(({ language }) => navigator.language.startsWith(language)) ?? inUse[0]
  const template = inUse.find(({ name }) => name === chosen)?.name ?? first?.name
  const script = useResource(
    template === undefined
      ? undefined
      : apiUrl('/customers/{id}/script', { path: { id: customerId }, query: { template } }),
  )
  const error = templates.error ?? script.error
  return (
    <>
      <h3>{t('calls.whatToSay')}</h3>
      {error !== undefined && <Failure>{error}</Failure>}
      {templates.data !== undefined && inUse.length === 0 && <Empty>{t('calls.noScriptTemplatesAreInUse')}</Empty>}
      {inUse.length > 0 && (
        <label class="check">
          {t('common.script')}{' '}
          <select value={template} onChange={(event) => setChosen(event.currentTarget.value)}>
            {inUse.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {script.data !== undefined && <RenderedScript script={script.data} />}
    </>
  )
}

function Groups({ customer: { customerId } }: CustomerTabProps) {
  const { data, error } = useResource(apiUrl('/customers/{id}/groups', { path: { id: customerId } }))
  const own = data?.groups.filter(({ member }) => member === true) ?? []
  return (
    <>
      <h3>{t('calls.targetGroups')}</h3>
      {error !== undefined && <Failure>{error}</Failure>}
      {data !== undefined && own.length === 0 && <Empty>{t('calls.notInAnyTargetGroup')}</Empty>}
      <ul class="plain">
        {own.map(({ name, description }) => (
          <li key={name} class="told">
            <span>{description}</span>
            <span class="about">{name}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
