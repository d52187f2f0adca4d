package io.httptrace.render.api;

import static java.lang.reflect.Modifier.isAbstract;
import static java.lang.reflect.Modifier.isFinal;
import static java.lang.reflect.Modifier.isProtected;
import static java.lang.reflect.Modifier.isPublic;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What others can compile against, as text: the types of some packages and their members, with what
 * may be null, in an order that does not change.
 */
final class ApiDescription {
  private static final Set<Class<?>> IMPLIED = Set.of(Object.class, Enum.class, Record.class);

  private final Set<String> packages;
  private final List<String> lines = new ArrayList<>();

  private ApiDescription(Set<String> packages) {
    this.packages = packages;
  }

  /**
   * {@return the lines}
   *
   * @param types all types there are; those that others do not see are left out
   * @param packages the packages that others see
   */
  static List<String> of(Collection<Class<?>> types, Set<String> packages) {
    ApiDescription description = new ApiDescription(packages);
    types.stream()
        .filter(description::isSeen)
        .sorted(Comparator.comparing(Class::getName))
        .forEach(description::add);
    return description.lines;
  }

  private boolean isSeen(Class<?> type) {
    if (type.isAnonymousClass() || type.isLocalClass() || type.isSynthetic()) {
      return false;
    }
    Class<?> outer = type.getDeclaringClass();
    int modifiers = type.getModifiers();
    if (outer == null) {
      return isPublic(modifiers) && packages.contains(type.getPackageName());
    }
    return isSeen(outer)
        && (isPublic(modifiers) || (isProtected(modifiers) && !isFinal(outer.getModifiers())));
  }

  private void add(Class<?> type) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.add(head(type) + " {");
    new Members(type, this::isHidden).lines().forEach(line -> lines.add("  " + line));
    lines.add("}");
  }

  private String head(Class<?> type) {
    return (type.isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "")
        + (isPublic(type.getModifiers()) ? "public " : "protected ")
        + kind(type)
        + TypeNames.of(type)
        + TypeNames.variables(type.getTypeParameters())
        + components(type)
        + parents(type)
        + permitted(type);
  }

  private static String kind(Class<?> type) {
    int modifiers = type.getModifiers();
    String sealed = type.isSealed() ? "sealed " : "";
    if (type.isAnnotation()) {
      return "@interface ";
    }
    if (type.isInterface()) {
      return sealed + "interface ";
    }
    if (type.isEnum()) {
      return "enum ";
    }
    if (type.isRecord()) {
      return "record ";
    }
    return (isAbstract(modifiers) ? "abstract " : "")
        + (isFinal(modifiers) ? "final " : "")
        + sealed
        + "class ";
  }

  private static String components(Class<?> type) {
    if (!type.isRecord()) {
      return "";
    }
    return Arrays.stream(type.getRecordComponents())
        .map(ApiDescription::text)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String text(RecordComponent component) {
    return TypeNames.of(component.getAnnotatedType()) + " " + component.getName();
  }

  private String parents(Class<?> type) {
    Set<String> interfaces = new TreeSet<>();
    addInterfaces(type, interfaces);
    if (type.isInterface()) {
      return listed(" extends ", interfaces);
    }
    String parent = "";
    Class<?> at = type;
    while (parent.isEmpty() && !IMPLIED.contains(at.getSuperclass())) {
      if (isHidden(at.getSuperclass())) {
        at = at.getSuperclass();
        addInterfaces(at, interfaces);
      } else {
        parent = TypeNames.of(at.getAnnotatedSuperclass());
      }
    }
    return (parent.isEmpty() ? "" : " extends " + parent) + listed(" implements ", interfaces);
  }

  /** In place of one that others do not see, what it extends. */
  private void addInterfaces(Class<?> of, Set<String> names) {
    for (AnnotatedType parent : of.getAnnotatedInterfaces()) {
      Class<?> type = raw(parent);
      if (isHidden(type)) {
        addInterfaces(type, names);
      } else {
        names.add(TypeNames.of(parent));
      }
    }
  }

  private static Class<?> raw(AnnotatedType parent) {
    return (Class<?>)
        (parent.getType() instanceof ParameterizedType parameterized
            ? parameterized.getRawType()
            : parent.getType());
  }

  private boolean isHidden(Class<?> parent) {
    return parent.getPackageName().startsWith("io.httptrace") && !isSeen(parent);
  }

  private static String listed(String word, Set<String> names) {
    return names.isEmpty() ? "" : word + String.join(", ", names);
  }

  private static String permitted(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses())
            .map(TypeNames::of)
            .sorted()
            .collect(Collectors.joining(", ", " permits ", ""))
        : "";
  }
}
