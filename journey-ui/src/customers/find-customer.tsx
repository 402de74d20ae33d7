import { Select } from 'antd';
import { useState } from 'react';
import { useCustomers } from '../api/customers.ts';
import { useWords } from '../i18n/index.ts';
import { useSettled } from '../rules/use-settled.ts';

interface Props {
  /** The id of the one who is chosen. */
  readonly value: string | undefined;
  readonly onFind: (id: string | undefined) => void;
}

/** Chooses a customer by her id or a part of her name; an id that nobody is found by may be taken as it is typed. */
export function FindCustomer({ value, onFind }: Props) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const q = useSettled(typed.trim(), 200);
  const found = useCustomers({ q }).data?.pages.flatMap(({ items }) => items) ?? [];
  const options = found.map(({ id, name }) => ({ value: id, label: name ? `${name} · ${id}` : id }));
  const others = [value, typed.trim()].filter((id) => id && !found.some((one) => one.id === id || one.name === id));
  return (
    <Select
      allowClear
      showSearch={{ onSearch: setTyped, filterOption: false }}
      value={value ?? null}
      placeholder={t('customers.search')}
      aria-label={t('customers.search')}
      options={[...options, ...[...new Set(others)].map((id) => ({ value: id, label: id }))]}
      onChange={(id: string | null | undefined) => {
        setTyped('');
        onFind(id ?? undefined);
      }}
      style={{ width: 240 }}
    />
  );
}
