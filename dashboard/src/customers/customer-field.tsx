import { useEffect, useId, useState } from 'preact/hooks'
import { apiUrl } from '../api.ts'
import { useResource } from '../use-resource.ts'

const SHOWN = 8
const TYPING_MS = 150

interface CustomerFieldProps {
  readonly label: string
  /** Id of the customer, or what has been typed of a name. */
  readonly value: string
  readonly onInput: (value: string) => void
}

/** Text field for a customer's id that suggests customers by name or id. */
export function CustomerField({ label, value, onInput }: CustomerFieldProps) {
  const [query, setQuery] = useState('')
  const list = useId()
  useEffect(() => {
    const timer = setTimeout(() => setQuery(value.trim()), TYPING_MS)
    return () => clearTimeout(timer)
  }, [value])
  const { data } = useResource(query === '' ? undefined : apiUrl('/customers', { query: { limit: SHOWN, query } }))
  return (
    <label>
      <span>{label}</span>
      <input
        type="text"
        list={list}
        autocomplete="off"
        maxLength={200}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <datalist id={list}>
        {data?.items.map(({ customerId, name }) => (
          <option key={customerId} value={customerId}>
            {name ?? customerId}
          </option>
        ))}
      </datalist>
    </label>
  )
}
