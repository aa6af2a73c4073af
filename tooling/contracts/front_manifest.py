"""The pages of a front as its manifests say them; `shared/front/features/registry.ts` makes the routes of them."""

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.service_manifest import Manifest


class Navigation(BaseModel):
    """An entry of the front's navigation, lowest `order` first; `icon` is a file name of lucide."""

    model_config = ConfigDict(extra="forbid")

    label: str
    icon: str
    order: int


class Action(BaseModel):
    """Something that one does on a page, offered where pages are searched; `at` is the place on the page, such as `#plans`."""

    model_config = ConfigDict(extra="forbid")

    label: str
    at: str = Field(default="", pattern="^([#?].*)?$")
    permissions: list[str] | None = None


class Page(BaseModel):
    """A page, or an address that only answers; `module` lies in the folder `routes` beside the manifest."""

    model_config = ConfigDict(extra="forbid")

    path: str = Field(pattern="^/")
    module: str = Field(pattern=r"^[\w.-]+\.tsx?$")
    auth_required: bool = True
    permissions: list[str] = []
    navigation: Navigation | None = None
    actions: list[Action] = []


class Pages(BaseModel):
    """`frame/pages.yaml`."""

    model_config = ConfigDict(extra="forbid")

    pages: list[Page] = []


class FrontManifest(Manifest):
    """The `feature.yaml` of a front's feature."""

    pages: list[Page] = []


def form_of(service: str) -> type[Manifest]:
    """What a manifest of `service` may say."""
    return FrontManifest if service.startswith("front-") else Manifest
