"""Who: departments, the names people call them by, and the people who sign in."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

from accounts.querysets import DepartmentQuerySet, PeopleManager


class Department(models.Model):
    """A handling department (承办单位), in a tree."""

    class Kind(models.TextChoices):
        PARTY = "party", "党委部门"
        GOVERNMENT = "government", "政府部门"
        CONGRESS = "congress", "人大政协"
        JUSTICE = "justice", "法检机关"
        MASS = "mass", "群团组织"
        COUNTY = "county", "县市区"
        TOWN = "town", "镇街"
        ZONE = "zone", "开发区"
        INSTITUTION = "institution", "事业单位"
        ENTERPRISE = "enterprise", "国有企业"
        VERTICAL = "vertical", "垂直管理单位"
        OTHER = "other", "其他"

    name = models.CharField("单位全称", max_length=100, unique=True)
    short_name = models.CharField("简称", max_length=40, blank=True)
    kind = models.CharField("类别", max_length=20, choices=Kind, default=Kind.GOVERNMENT)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="上级单位", null=True, blank=True, related_name="children"
    )
    leader = models.ForeignKey(
        "accounts.User",
        models.SET_NULL,
        verbose_name="分管领导",
        null=True,
        blank=True,
        related_name="departments_led",
    )
    contact_name = models.CharField("联系人", max_length=40, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    email = models.EmailField("单位邮箱", blank=True)
    duties = models.TextField(
        "主要职责",
        blank=True,
        help_text="用来为没有写明单位的要求推荐承办单位。不填则按单位名称使用系统自带的一般职责。",
    )
    sort_order = models.PositiveIntegerField("排序", default=1000)
    is_active = models.BooleanField("启用", default=True)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.short_name or self.name


class DepartmentAlias(models.Model):
    """Another way to write a department's name (发改, 市发改委)."""

    department = models.ForeignKey(Department, models.CASCADE, verbose_name="单位", related_name="aliases")
    name = models.CharField("别名", max_length=100, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位别名"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class DepartmentGroup(models.Model):
    """A collective addressee (各镇办, 市直各部门) that stands for its members."""

    name = models.CharField("名称", max_length=60, unique=True)
    aliases = models.CharField("别名（顿号分隔）", max_length=400, blank=True)
    kinds = models.JSONField("包含的单位类别", default=list, blank=True)
    members = models.ManyToManyField(Department, verbose_name="另加单位", blank=True, related_name="groups")

    class Meta:
        verbose_name = verbose_name_plural = "单位集合"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def names(self) -> tuple[str, ...]:
        """Every way to write the group, its own name first."""
        return (self.name, *(alias.strip() for alias in self.aliases.split("、") if alias.strip()))

    def kind_labels(self) -> list[str]:
        """The kinds it takes in, in Chinese."""
        return [label for value, label in Department.Kind.choices if value in self.kinds]

    def departments(self) -> DepartmentQuerySet:
        """The active departments the group stands for today."""
        chosen = models.Q(kind__in=self.kinds) | models.Q(groups=self)
        return Department.objects.active().filter(chosen).distinct()


class User(AbstractUser):
    """A person who signs in. Only role and department grant rights; names never do."""

    class Role(models.TextChoices):
        SUPERVISOR = "supervisor", "督查员"
        LIAISON = "liaison", "联络员"
        LEADER = "leader", "分管领导"
        ADMINISTRATOR = "administrator", "系统管理员"

    full_name = models.CharField("姓名", max_length=40, blank=True)
    role = models.CharField("角色", max_length=20, choices=Role, default=Role.LIAISON)
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name="所在单位", null=True, blank=True, related_name="people"
    )
    post = models.CharField("职务", max_length=60, blank=True)
    mobile = models.CharField("手机", max_length=20, blank=True)

    objects: ClassVar[PeopleManager] = PeopleManager()

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def is_supervisor(self) -> bool:
        return self.is_active and self.role == self.Role.SUPERVISOR

    @property
    def is_liaison(self) -> bool:
        return self.is_active and self.role == self.Role.LIAISON

    @property
    def is_leader(self) -> bool:
        return self.is_active and self.role == self.Role.LEADER

    @property
    def is_administrator(self) -> bool:
        return self.is_active and self.role == self.Role.ADMINISTRATOR

    def align_admin_rights(self) -> bool:
        """Open the admin site to administrators and to nobody else; whether that changed anything."""
        opens = self.role == self.Role.ADMINISTRATOR
        is_changed = (self.is_staff, self.is_superuser) != (opens, opens)
        self.is_staff = self.is_superuser = opens
        return is_changed
