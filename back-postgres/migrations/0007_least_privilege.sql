-- The application reads the catalogue and never sees the record of migrations, whatever the server's defaults grant.

REVOKE ALL ON schema_migrations FROM dashboard_app;
REVOKE INSERT, UPDATE, DELETE ON plans, plan_prices FROM dashboard_app;
