import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { apiUrl, type ApiResponse } from '../api.ts'
import { customerHref } from '../route.ts'
import { useResource } from '../use-resource.ts'
import { t } from '../words/words.ts'

const SHOWN = 8
const TEXT_FIELDS = 'input:not([type=radio], [type=checkbox]), textarea'

/** Combo box that finds a customer by name or id; `/` focuses it. */
export function Search() {
  const [text, setText] = useState('')
  const [debounced, setDebounced] = useState('')
  const [chosen, setChosen] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  const { data } = useResource(
    debounced === '' ? undefined : apiUrl('/customers', { query: { limit: SHOWN, query: debounced } }),
  )
  const found = text.trim() === '' ? [] : (data?.items ?? [])

  useEffect(() => {
    const timer = setTimeout(() => setDebounced(text.trim()), 150)
    return () => clearTimeout(timer)
  }, [text])

  useFocusKey(field)

  function open(customerId: string) {
    setText('')
    location.hash = customerHref(customerId)
  }

  function press(event: KeyboardEvent) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      setChosen((index) => Math.min(found.length - 1, Math.max(0, index + step)))
    } else if (event.key === 'Enter' && found[chosen] !== undefined) open(found[chosen].customerId)
    else if (event.key === 'Escape') setText('')
  }

  const isUnknown = text.trim() !== '' && debounced === text.trim() && data !== undefined && found.length === 0
  return (
    <div class="search">
      <input
        ref={field}
        type="search"
        role="combobox"
        list={undefined}
        aria-label={t('customers.findACustomer')}
        aria-expanded={found.length > 0}
        aria-controls="found"
        aria-activedescendant={found.length > 0 ? `found-${chosen}` : undefined}
        autocomplete="off"
        placeholder={`${t('customers.findACustomer')}  /`}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value)
          setChosen(0)
        }}
        onKeyDown={press}
      />
      {(found.length > 0 || isUnknown) && (
        <ul id="found" role="listbox" aria-label={t('customers.customersFound')}>
          {isUnknown && <li class="no-match">{t('customers.noCustomerWithThisNameOr')}</li>}
          {found.map((customer, index) => (
            <FoundCustomer
              key={customer.customerId}
              customer={customer}
              index={index}
              isChosen={index === chosen}
              onChoose={() => setChosen(index)}
              onOpen={() => open(customer.customerId)}
            />
          ))}
        </ul>
      )}
    </div>
  )
}

/** Focuses the field when `/` is pressed outside a text field. */
function useFocusKey(field: RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.matches(TEXT_FIELDS)
      if (event.key !== '/' || typing) return
      event.preventDefault()
      field.current?.focus()
    }
    window.addEventListener('keydown', focus)
    return () => window.removeEventListener('keydown', focus)
  }, [field])
}

interface FoundCustomerProps {
  readonly customer: ApiResponse<'/customers'>['items'][number]
  readonly index: number
  readonly isChosen: boolean
  readonly onChoose: () => void
  readonly onOpen: () => void
}

function FoundCustomer({ customer, index, isChosen, onChoose, onOpen }: FoundCustomerProps) {
  const { customerId, name, segment, residence } = customer
  return (
    <li id={`found-${index}`} role="option" aria-selected={isChosen} onMouseEnter={onChoose} onMouseDown={onOpen}>
      <strong>{name ?? customerId}</strong>
      <span>{[customerId, segment, residence].filter((part) => part !== null).join(' · ')}</span>
    </li>
  )
}
