/** Whom a row is about: her name, and her id; the id alone where no name is known. */
export function Whose({ customer, name }: { customer: string; name?: string | undefined }) {
  if (name === undefined) return <span className="whose">{customer}</span>;
  return (
    <span className="whose">
      {name} <small className="muted">{customer}</small>
    </span>
  );
}
