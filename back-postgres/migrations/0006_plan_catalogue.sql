-- The plans that are sold. Prices are per seat, in minor units.

INSERT INTO plans (id, position, name, description, features) VALUES
    ('free', 1, 'Free', 'Everything to get started, for one person.',
     ARRAY['Your profile and dashboard', 'Live notifications', 'Sign-in history']),
    ('pro', 2, 'Pro', 'For teams that work with their tools every day.',
     ARRAY['Everything in Free', 'As many seats as your team needs', 'Invoices by mail', 'Priority support']);

INSERT INTO plan_prices (plan_id, interval, currency, amount_minor) VALUES
    ('free', 'month', 'EUR', 0), ('free', 'year', 'EUR', 0), ('free', 'month', 'USD', 0), ('free', 'year', 'USD', 0),
    ('pro', 'month', 'EUR', 1200), ('pro', 'year', 'EUR', 12000),
    ('pro', 'month', 'USD', 1400), ('pro', 'year', 'USD', 14000);
